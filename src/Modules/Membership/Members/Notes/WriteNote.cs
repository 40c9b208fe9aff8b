using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Notes;

/// <summary>Notes a call, a visit or something else about a member.</summary>
/// <param name="Member">About whom.</param>
/// <param name="Kind">What.</param>
/// <param name="NotedOn">When it happened; today at the latest.</param>
/// <param name="Note">In words.</param>
[Permission(MembersFeature.WriteNotes)]
internal sealed record WriteNote(MemberId Member, NoteKind Kind, DateOnly NotedOn, string Note) : ICommand;

internal static class WriteNoteHandler
{
    public static Task<Member?> LoadAsync(WriteNote command, MembershipDb db, CancellationToken ct) =>
        db.Members.AsNoTracking().SingleOrDefaultAsync(m => m.Id == command.Member, ct);

    public static IEnumerable<Problem> Validate(
        WriteNote command,
        Member? member,
        IStringLocalizer<NoteTexts> texts,
        IStringLocalizer<MembersTexts> members,
        TimeProvider clock
    ) => member is null ? [new Problem("", members["Problem.MemberGone"])] : NoteRules.Problems(command.Note, command.NotedOn, texts, clock);

    public static Guid Handle(WriteNote command, MembershipDb db, CurrentUser user, TimeProvider clock)
    {
        var note = new MemberNote
        {
            Id = MemberNoteId.New(),
            MemberId = command.Member,
            NoteKind = command.Kind,
            NotedOn = command.NotedOn,
            Note = NoteRules.Tidy(command.Note),
            WrittenBy = user.Actor.Name,
            WrittenById = user.Actor.Id?.Value,
            WrittenAt = clock.GetUtcNow(),
        };
        db.Add(note);
        return note.Id.Value;
    }
}

internal static class NoteRules
{
    public const int LongestNote = 4000;
    public const int LongestReason = 300;
    private const int InHistory = 120;

    public static string Tidy(string? note) => CleanText.Lines(note ?? "").Trim();

    /// <summary>So much of a note as says which one it is.</summary>
    public static string Beginning(string note)
    {
        var line = CleanText.Line(note);
        return line.Length <= InHistory ? line : line[..(char.IsHighSurrogate(line[InHistory - 1]) ? InHistory - 1 : InHistory)] + "…";
    }

    public static IEnumerable<Problem> Problems(string note, DateOnly notedOn, IStringLocalizer<NoteTexts> texts, TimeProvider clock)
    {
        if (Tidy(note) is var text && text.Length is 0 or > LongestNote)
            yield return new Problem(
                nameof(WriteNote.Note),
                text.Length == 0 ? texts["Problem.NoteMissing"] : texts["Problem.NoteTooLong", text.Length, LongestNote]
            );
        if (notedOn > clock.Today())
            yield return new Problem(nameof(WriteNote.NotedOn), texts["Problem.Future"]);
    }
}
