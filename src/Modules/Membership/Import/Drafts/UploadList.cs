using Association.Membership.Data;
using Association.Membership.Import.Preview;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Membership.Import.Drafts;

/// <summary>Keeps an uploaded list until it is imported. Answers the draft's id; a file that cannot be read is refused and not kept.</summary>
[Permission(ImportFeature.Run)]
internal sealed record UploadList(string FileName, ReadOnlyMemory<byte> Bytes) : ICommand;

internal static class UploadListHandler
{
    private const int LongestName = 200;

    public static Task<ImportPlan> LoadAsync(UploadList command, ImportPlanning planning, CancellationToken ct) =>
        planning.PlanAsync(new ListUpload(Name(command), command.Bytes), ct);

    public static async Task<Guid> HandleAsync(UploadList command, ImportPlan _, MembershipDb db, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        var now = clock.GetUtcNow();
        var connection = await db.ConnectionAsync(ct);
        await connection.ExecuteAsync(
            new CommandDefinition("delete from membership.import_draft where expires_at < @now", new { now }, db.Transaction, cancellationToken: ct)
        );
        await connection.ExecuteAsync(
            new CommandDefinition(
                "insert into membership.import_draft (id, file_name, bytes, owner, created_at, expires_at) values (@id, @name, @bytes, @owner, @now, @expires)",
                new
                {
                    id,
                    name = Name(command),
                    bytes = command.Bytes.ToArray(),
                    owner = user.Id.Value,
                    now,
                    expires = now + ImportDraft.Life,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return id;
    }

    // A browser may send a whole path.
    private static string Name(UploadList command)
    {
        var name = command.FileName[(command.FileName.LastIndexOfAny(['/', '\\']) + 1)..];
        return name.Length <= LongestName ? name : name[^LongestName..];
    }
}
