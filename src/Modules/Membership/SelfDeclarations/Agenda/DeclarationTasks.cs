using Association.Membership.Data;
using Association.Membership.Dues.Regulation;
using Association.Membership.SelfDeclarations.Rounds;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.SelfDeclarations.Agenda;

/// <summary>What a round asks for: ask, confirm, call.</summary>
internal sealed class DeclarationTasks(IMessageBus bus, IStringLocalizer<DeclarationTexts> texts) : ITodayTask
{
    public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.May(SelfDeclarationsFeature.Manage))
            return [];
        var due = await bus.QueryAsync(new ReadDeclarationAgenda(), ct);
        var rows = new List<TodayRow>();
        if (due.ToAsk > 0)
            rows.Add(
                new TodayRow(
                    texts["Today.Group"],
                    texts["Today.Ask", new Count(due.ToAsk)],
                    texts[due.HasRound ? "Today.AskMore" : "Today.AskDetail", due.Year],
                    DeclarationUrl.Open,
                    texts["Today.AskAction"],
                    Urgency.Soon
                )
            );
        foreach (var round in due.Rounds)
            rows.AddRange(OfRound(round));
        return rows;
    }

    private IEnumerable<TodayRow> OfRound(RoundAgenda round)
    {
        if (round.ToConfirm > 0)
            yield return new TodayRow(
                texts["Today.Group"],
                texts["Today.Confirm", new Count(round.ToConfirm)],
                texts["Today.ConfirmDetail", new Count(round.Implausible), round.Year],
                DeclarationUrl.Of(round.Year, round.ToConfirm == round.Implausible ? DeclarationState.Implausible : DeclarationState.Answered),
                texts["Today.ConfirmAction"],
                Urgency.Soon
            );
        if (round.Silent > 0)
            yield return new TodayRow(
                texts["Today.Group"],
                texts["Today.Silent", new Count(round.Silent)],
                texts["Today.SilentDetail", round.Year],
                $"{DeclarationUrl.Round(round.Year)}&silent=1",
                texts["Today.SilentAction"],
                Urgency.Soon
            );
        if (round.Unreachable > 0)
            yield return new TodayRow(
                texts["Today.Group"],
                texts["Today.Unreachable", new Count(round.Unreachable)],
                texts["Today.UnreachableDetail", round.Year],
                DeclarationUrl.Of(round.Year, DeclarationState.Unreachable),
                texts["Today.SilentAction"],
                Urgency.Soon
            );
    }
}

/// <summary>What the rounds ask for.</summary>
[Permission(SelfDeclarationsFeature.Read)]
internal sealed record ReadDeclarationAgenda : IQuery<DeclarationAgenda>;

/// <summary>The answer.</summary>
/// <param name="Year">The dues year whose numbers are asked for now.</param>
/// <param name="ToAsk">Members to be asked who were not yet.</param>
/// <param name="HasRound">Whether there is a round of that year.</param>
/// <param name="Rounds">Those that take answers.</param>
internal sealed record DeclarationAgenda(int Year, int ToAsk, bool HasRound, IReadOnlyList<RoundAgenda> Rounds);

/// <summary>What a round asks for.</summary>
/// <param name="Year">Dues year.</param>
/// <param name="ToConfirm">Answered and not confirmed.</param>
/// <param name="Implausible">Of these, far from last year's.</param>
/// <param name="Silent">Silent although the last reminder is as long ago as the round's days: somebody has to call.</param>
/// <param name="Unreachable">Neither mail nor letter reaches them.</param>
internal sealed record RoundAgenda(int Year, int ToConfirm, int Implausible, int Silent, int Unreachable);

internal static class ReadDeclarationAgendaHandler
{
    public static async Task<DeclarationAgenda> HandleAsync(ReadDeclarationAgenda _, MembershipDb db, TimeProvider clock, CancellationToken ct)
    {
        var today = clock.Today();
        var year = PreviewDeclarationsHandler.YearOf(today);
        var round = await DeclarationRound.OfYearAsync(db, year, ct);
        var toAsk =
            round is not { ClosedAt: not null } && await Regulations.ValidInAsync(db, year, ct) is { } regulation
                ? (await DeclarationNeeds.MeasuresAsync(db, regulation, year, ct)).Count
                : 0;
        var rounds = await (await db.ConnectionAsync(ct)).QueryAsync<(int Year, int ToConfirm, int Implausible, int Silent, int Unreachable)>(
            new CommandDefinition(
                """
                select r.year, count(*) filter (where d.state in ('answered', 'implausible'))::int, count(*) filter (where d.state = 'implausible')::int,
                       count(*) filter (where d.state in ('open', 'draft') and d.last_number >= r.reminders
                         and (d.sent_at at time zone 'Europe/Berlin')::date <= @today::date - r.remind_after)::int,
                       count(*) filter (where d.state = 'unreachable')::int
                  from membership.declaration_round r join membership.declaration d on d.round_id = r.id
                 where r.closed_at is null group by r.id order by r.year
                """,
                new { today },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return new DeclarationAgenda(
            year,
            toAsk,
            round is not null,
            [.. rounds.Select(r => new RoundAgenda(r.Year, r.ToConfirm, r.Implausible, r.Silent, r.Unreachable))]
        );
    }
}
