using Association.Membership.Data;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Notes;

/// <summary>Changes a note: only who wrote it may. The earlier wording stays in the history.</summary>
/// <param name="Id">Which.</param>
/// <param name="Version">The state that the person saw.</param>
/// <param name="Kind">What.</param>
/// <param name="NotedOn">When it happened.</param>
/// <param name="Note">In words.</param>
[Permission(MembersFeature.WriteNotes)]
internal sealed record EditNote(MemberNoteId Id, uint Version, NoteKind Kind, DateOnly NotedOn, string Note) : ICommand;

internal static class EditNoteHandler
{
    public static Task<MemberNote?> LoadAsync(EditNote command, MembershipDb db, CancellationToken ct) => NoteEdit.FindAsync(command.Id, db, ct);

    public static IEnumerable<Problem> Validate(EditNote command, MemberNote? note, IStringLocalizer<NoteTexts> texts, CurrentUser user, TimeProvider clock)
    {
        if (NoteEdit.Check(note, command.Version, texts) is { } gone)
            return [gone];
        return IsAuthor(note!, user.Actor)
            ? NoteRules.Problems(command.Note, command.NotedOn, texts, clock)
            : [new Problem("", texts["Problem.OtherAuthor", note!.WrittenBy])];
    }

    public static void Handle(EditNote command, MemberNote note)
    {
        note.NoteKind = command.Kind;
        note.NotedOn = command.NotedOn;
        note.Note = NoteRules.Tidy(command.Note);
    }

    /// <summary>A person by who it is; the command line, which is nobody's, by its name.</summary>
    public static bool IsAuthor(MemberNote note, Actor actor) =>
        note.WrittenById is { } author ? actor.Id?.Value == author : actor.Id is null && actor.Name == note.WrittenBy;
}

internal static class NoteEdit
{
    public static Task<MemberNote?> FindAsync(MemberNoteId id, MembershipDb db, CancellationToken ct) =>
        db.Set<MemberNote>().SingleOrDefaultAsync(n => n.Id == id, ct);

    /// <summary>The check that every change of a note begins with.</summary>
    /// <exception cref="ConcurrentEditException">Somebody changed it since the person saw it.</exception>
    public static Problem? Check(MemberNote? note, uint version, IStringLocalizer<NoteTexts> texts) =>
        note is null ? new Problem("", texts["Problem.NoteGone"])
        : note.IsWithdrawn ? new Problem("", texts["Problem.Withdrawn", note.WithdrawnBy!])
        : note.Version == version ? null
        : throw new ConcurrentEditException(texts["Problem.ConcurrentEdit"]);
}
