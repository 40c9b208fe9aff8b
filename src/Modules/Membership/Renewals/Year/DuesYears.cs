using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Regulation;
using Association.Membership.Dues.Runs;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Dapper;

namespace Association.Membership.Renewals.Year;

/// <summary>Puts the checklist of a dues year together: days from the regulation, facts from the modules, ticks and names from people.</summary>
internal sealed class DuesYears(MembershipDb db, IOfficeRules rules, IEnumerable<IDuesYearFacts> modules)
{
    /// <summary>The year; null when no regulation is in force in it.</summary>
    public async Task<DuesYear?> FindAsync(int year, CancellationToken ct)
    {
        if (await Regulations.ValidInAsync(db, year, ct) is not { } regulation)
            return null;
        var connection = await db.ConnectionAsync(ct);
        var office = await rules.CurrentAsync(connection, ct);
        var facts = new Dictionary<DuesYearStep, DuesYearFact>();
        foreach (var module in modules)
        foreach (var fact in await module.ReadAsync(year, ct))
            facts[fact.Step] = fact;
        var kept = (
            await connection.QueryAsync<Kept>(
                new CommandDefinition(
                    """
                    select step, assigned_to as AssignedTo, assigned_name as AssignedName, done_on as DoneOn, done_by as DoneBy
                      from membership.dues_year_step where year = @year
                    """,
                    new { year },
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        ).ToDictionary(k => EnumText.Parse<DuesYearStep>(k.Step));
        var due = regulation.Due.In(year);
        var run = (await DuesRuns.OfYearAsync(db, year, ct)).LastOrDefault();
        return new DuesYear(
            year,
            due,
            run?.Code,
            [
                .. DuesYearDates
                    .Of(year, due, regulation.Due.DaysAfterIssue, office)
                    .Select(s => Step(s.Step, s.Day, facts.GetValueOrDefault(s.Step), kept.GetValueOrDefault(s.Step))),
            ]
        );
    }

    private static YearStep Step(DuesYearStep step, DateOnly day, DuesYearFact? fact, Kept? kept)
    {
        var ticked = YearStep.IsTicked(step) && kept?.DoneOn is not null;
        return fact is { IsDone: true }
            ? new(step, day, true, fact.On, null, null, kept?.AssignedTo, kept?.AssignedName)
            : new(step, day, ticked, ticked ? kept!.DoneOn : null, ticked ? kept!.DoneBy : null, fact?.Left, kept?.AssignedTo, kept?.AssignedName);
    }

    private sealed class Kept
    {
        public required string Step { get; init; }
        public Guid? AssignedTo { get; init; }
        public string? AssignedName { get; init; }
        public DateOnly? DoneOn { get; init; }
        public string? DoneBy { get; init; }
    }
}

/// <summary>What the runs of the year tell.</summary>
internal sealed class RunFacts(MembershipDb db) : IDuesYearFacts
{
    public async Task<IReadOnlyList<DuesYearFact>> ReadAsync(int year, CancellationToken ct)
    {
        var first = (await DuesRuns.OfYearAsync(db, year, ct)).LastOrDefault();
        var executed = first?.State == DuesRunState.Executed;
        var (drafted, approved, ended) = (first?.CreatedAt.ToBusinessDate(), first?.Approval.EndedAt?.ToBusinessDate(), first?.ExecutedAt?.ToBusinessDate());
        var isApproved = first?.State is DuesRunState.Approved or DuesRunState.Executing or DuesRunState.Executed;
        return
        [
            new DuesYearFact(DuesYearStep.Draft, first is not null, drafted),
            new DuesYearFact(DuesYearStep.Approval, isApproved, isApproved ? approved : null),
            new DuesYearFact(DuesYearStep.Execution, executed, ended),
            .. executed ? [new DuesYearFact(DuesYearStep.Values, true, ended)] : Array.Empty<DuesYearFact>(),
        ];
    }
}
