using Association.Membership.Data;
using Association.Membership.Dues.Regulation;
using Association.Membership.SelfDeclarations.Rounds;
using Association.Platform.Messaging;

namespace Association.Membership.SelfDeclarations.Sending;

/// <summary>Every morning: reminds who is silent for the round's days, writes by another way to whom the last mail did not reach, and opens the round of
/// the year to come where the last one says so.</summary>
/// <param name="Day">The business date of the run.</param>
[MessageName("membership.tend-declarations"), InternalOnly]
internal sealed record TendDeclarations(DateOnly Day) : ICommand;

[PlainWords(typeof(DeclarationTexts), "Work.Tend")]
internal static class TendDeclarationsHandler
{
    public static async Task<OutgoingMessages> HandleAsync(TendDeclarations command, MembershipDb db, RoundOpening opening, CancellationToken ct)
    {
        var rounds = await DeclarationRound.AllAsync(db, ct);
        OutgoingMessages messages =
        [
            .. rounds
                .Where(r => r.ClosedAt is null)
                .Select(r => new SendDeclarations(r.Id, null, command.Day.AddDays(1 - r.Terms.RemindAfter), r.Terms.Reminders)),
        ];
        var year = PreviewDeclarationsHandler.YearOf(command.Day);
        if (
            rounds.Count > 0
            && rounds[0] is { Terms.OpensNext: true } last
            && last.Year == year - 1
            && command.Day.Month >= PreviewDeclarationsHandler.PreparationMonth
            && await Regulations.ValidInAsync(db, year, ct) is { } regulation
        )
            messages.Add((await opening.OpenAsync(year, regulation, PreviewDeclarationsHandler.Proposed(rounds, year, command.Day), ct)).Item2);
        return messages;
    }
}
