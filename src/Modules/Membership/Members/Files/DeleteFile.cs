using Association.Membership.Data;
using Association.Membership.Members.Notes;
using Association.Platform.Data.Users;
using Association.Platform.Documents.Archive;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Files;

/// <summary>
/// Takes a file from a member: nobody is handed it any more, and its bytes go from the archive, too. One that went out with a letter is part of that letter
/// and stays with it.
/// </summary>
[Permission(MembersFeature.WriteNotes)]
internal sealed record DeleteFile(MemberFileId Id) : ICommand;

internal static class DeleteFileHandler
{
    public static Task<MemberFile?> LoadAsync(DeleteFile command, MembershipDb db, CancellationToken ct) => MemberFile.FindAsync(db, command.Id, ct);

    public static Problem? Validate(DeleteFile _, MemberFile? file, IStringLocalizer<NoteTexts> texts) =>
        file switch
        {
            null => new Problem("", texts["Problem.FileGone"]),
            { IsDeleted: true } => new Problem("", texts["Problem.FileDeleted", file.DeletedBy!]),
            _ => null,
        };

    public static async Task HandleAsync(DeleteFile _, MemberFile file, MembershipDb db, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        await db.NameInHistoryAsync(file.Name, ct);
        var connection = await db.ConnectionAsync(ct);
        // Behind the lock of the row: a letter that takes the file along holds it, too.
        var wentOut = await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition(
                "select exists (select from membership.member_letter_file where file_id = @id)",
                new { id = file.Id.Value },
                db.Transaction,
                cancellationToken: ct
            )
        );
        if (!wentOut)
            await FileArchive.EmptyAsync(connection, [file.Archived], clock.GetUtcNow(), ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                "update membership.member_file set deleted_by = @by, deleted_at = @now where id = @id",
                new
                {
                    id = file.Id.Value,
                    by = user.Actor.Name,
                    now = clock.GetUtcNow(),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
    }
}
