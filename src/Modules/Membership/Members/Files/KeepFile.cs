using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Membership.Members.Notes;
using Association.Membership.Members.Record;
using Association.Platform.Data.Users;
using Association.Platform.Documents.Archive;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Files;

/// <summary>Keeps a file of a member, byte for byte as it came.</summary>
/// <param name="Member">Of whom.</param>
/// <param name="FileName">As it was called; what a name may not hold is taken out.</param>
/// <param name="Bytes">PDF, picture or office document; what it is, its content says.</param>
[Permission(MembersFeature.WriteNotes)]
internal sealed record KeepFile(MemberId Member, string FileName, byte[] Bytes) : ICommand;

internal static class KeepFileHandler
{
    public const int LongestName = 150;

    public static Task<Member?> LoadAsync(KeepFile command, MembershipDb db, CancellationToken ct) =>
        db.Members.AsNoTracking().SingleOrDefaultAsync(m => m.Id == command.Member, ct);

    public static Problem? Validate(KeepFile command, Member? member, IStringLocalizer<NoteTexts> texts, IStringLocalizer<MembersTexts> members)
    {
        const string File = nameof(File); // the field of the page
        if (member is null)
            return new Problem("", members["Problem.MemberGone"]);
        if (command.Bytes.Length == 0)
            return new Problem(File, texts["Problem.FileMissing"]);
        if (command.Bytes.Length > FileContent.LargestMegabytes * 1024 * 1024)
            return new Problem(File, texts["Problem.FileSize", FileContent.LargestMegabytes]);
        if (FileContent.KindOf(command.Bytes) is not { } kind)
            return new Problem(File, texts["Problem.FileKind"]);
        var ending = Path.GetExtension(Plain(command.FileName)).ToLowerInvariant();
        return kind.Endings.Contains(ending) || ending.Length == 0 ? null : new Problem(File, texts["Problem.FileEnding", ending, kind.Endings[0]]);
    }

    public static async Task<Guid> HandleAsync(
        KeepFile command,
        MembershipDb db,
        CurrentUser user,
        TimeProvider clock,
        IStringLocalizer<NoteTexts> texts,
        CancellationToken ct
    )
    {
        var kind = FileContent.KindOf(command.Bytes)!;
        var (connection, id) = (await db.ConnectionAsync(ct), Guid.CreateVersion7());
        var file = ArchivedFile.New(NameOf(command.FileName, kind, texts["File.Unnamed"]), kind.MediaType, command.Bytes) with { Removable = true };
        await FileArchive.AddAsync(connection, [file], ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                insert into membership.member_file (id, member_id, archive_file_id, name, size, kept_by, kept_at)
                values (@id, @member, @file, @Name, @size, @by, @now)
                """,
                new
                {
                    id,
                    member = command.Member.Value,
                    file = file.Id,
                    file.Name,
                    size = command.Bytes.Length,
                    by = user.Actor.Name,
                    now = clock.GetUtcNow(),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return id;
    }

    /// <summary>Without folders, without what no system takes in a name, with the ending of its kind; the ending outlives a name that is too long.</summary>
    public static string NameOf(string name, FileKind kind, string unnamed)
    {
        var plain = Plain(name);
        var ending = Path.GetExtension(plain).ToLowerInvariant() is { Length: > 0 } own && kind.Endings.Contains(own) ? own : kind.Endings[0];
        var stem = Path.GetFileNameWithoutExtension(plain).Trim(' ', '.');
        var room = LongestName - ending.Length;
        if (stem.Length > room)
            stem = stem[..(char.IsHighSurrogate(stem[room - 1]) ? room - 1 : room)].TrimEnd();
        return (stem.Length == 0 ? unnamed : stem) + ending;
    }

    private static string Plain(string name) =>
        TidyText.Line(string.Concat(Path.GetFileName(name.Replace('\\', '/')).Select(c => "<>:\"|?*".Contains(c, StringComparison.Ordinal) ? '-' : c)));
}
