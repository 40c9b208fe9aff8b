using Association.Membership.Data;
using Association.Membership.Members.Record;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Notes;

/// <summary>Takes a note back. It stays in the history with its reason.</summary>
/// <param name="Id">Which.</param>
/// <param name="Version">The state that the person saw.</param>
/// <param name="Reason">Why.</param>
[Permission(MembersFeature.WriteNotes)]
internal sealed record WithdrawNote(MemberNoteId Id, uint Version, string Reason) : ICommand;

internal static class WithdrawNoteHandler
{
    public static Task<MemberNote?> LoadAsync(WithdrawNote command, MembershipDb db, CancellationToken ct) => NoteEdit.FindAsync(command.Id, db, ct);

    public static Problem? Validate(WithdrawNote command, MemberNote? note, IStringLocalizer<NoteTexts> texts) =>
        NoteEdit.Check(note, command.Version, texts)
        ?? TidyText.Line(command.Reason).Length switch
        {
            0 => new Problem(nameof(command.Reason), texts["Problem.ReasonMissing"]),
            > NoteRules.LongestReason and var length => new Problem(nameof(command.Reason), texts["Problem.ReasonTooLong", length, NoteRules.LongestReason]),
            _ => null,
        };

    public static async Task HandleAsync(WithdrawNote command, MemberNote note, MembershipDb db, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        await db.NameInHistoryAsync(NoteRules.Beginning(note.Note), ct);
        note.Withdraw(TidyText.Line(command.Reason), user.Actor.Name, clock.GetUtcNow());
    }
}
