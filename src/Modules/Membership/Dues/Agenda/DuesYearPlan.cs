using Association.Membership.Contracts;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Web.Components;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Agenda;

/// <summary>The dues year from the run to the day on which dues fall due: what is behind, what comes next, what is ahead.</summary>
internal sealed class DuesYearPlan(OfficeDatabase database, TimeProvider clock, IStringLocalizer<DuesTexts> texts) : IYearPlan
{
    // From here on the next year is prepared.
    private const int PreparationMonth = 11;

    public async Task<IReadOnlyList<PlannedYear>> ReadAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.May(DuesFeature.Read))
            return [];
        var today = clock.Today();
        var year = today.Month >= PreparationMonth ? today.Year + 1 : today.Year;
        await using var connection = await database.OpenConnectionAsync(ct);
        var found = await connection.QuerySingleOrDefaultAsync<Found>(
            new CommandDefinition(
                """
                select v.due_day as DueDay, v.due_month as DueMonth, r.number, r.submitted_at as SubmittedAt, r.approved_at as ApprovedAt,
                       r.executed_at as ExecutedAt
                  from membership.dues_regulation v
                  left join membership.dues_run r on r.year = @year and r.kind = 'annual' and r.number = 1
                 where v.state = 'in_force' and daterange(v.valid_from, v.valid_to, '[]') @> make_date(@year, 1, 1)
                """,
                new { year },
                cancellationToken: ct
            )
        );
        return found is null ? [] : [new PlannedYear(texts["Plan.Title", year], Steps(found, year, today), MembershipPages.DuesYear(year))];
    }

    private PlannedStep[] Steps(Found found, int year, DateOnly today)
    {
        var href = found.Number is { } number ? MembershipPages.Run($"{year}-{number}") : $"{MembershipPages.Dues}?year={year}#start";
        var due = new DateOnly(year, found.DueMonth, found.DueDay);
        (string Key, DateOnly? Day, bool Done, string Href)[] all =
        [
            ("Submitted", Day(found.SubmittedAt), found.SubmittedAt is not null, href),
            ("Approved", Day(found.ApprovedAt), found.ApprovedAt is not null, href),
            ("Issued", Day(found.ExecutedAt), found.ExecutedAt is not null, href),
            ("Due", due, due < today, href),
        ];
        // What people do comes in its order; the day on which dues fall due comes by itself.
        var next = Array.FindIndex(all, s => s is { Done: false, Key: not "Due" });
        return
        [
            .. all.Select(
                (s, i) =>
                    new PlannedStep(
                        texts["Plan." + s.Key],
                        s.Day,
                        s.Done ? StepState.Done
                            : i == next ? StepState.Current
                            : StepState.Ahead,
                        s.Href
                    )
            ),
        ];
    }

    private static DateOnly? Day(DateTime? at) => at is { } moment ? new DateTimeOffset(moment).ToBusinessDate() : null;

    private sealed class Found
    {
        public int DueDay { get; init; }

        public int DueMonth { get; init; }

        public int? Number { get; init; }

        public DateTime? SubmittedAt { get; init; }

        public DateTime? ApprovedAt { get; init; }

        public DateTime? ExecutedAt { get; init; }
    }
}
