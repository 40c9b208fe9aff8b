using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Charges;
using Association.Membership.Dues.Kinds;
using Association.Membership.Dues.Regulation;
using Association.Membership.Dues.Runs;
using Association.Membership.Members.Record;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.LongWork;
using Association.Platform.Messaging;

namespace Association.Membership.Dues.Preview;

/// <summary>A run as its page shows it: a draft is calculated now, later states show the frozen charges and what changed since. Null when there is
/// none.</summary>
/// <param name="Code"><c>2027-1</c>.</param>
[Permission(DuesFeature.Read)]
internal sealed record ReadDuesRun(string Code) : IQuery<DuesRunView?>;

/// <summary>The answer.</summary>
/// <param name="Run">The run.</param>
/// <param name="Regulation">The version it uses.</param>
/// <param name="Categories">Names by code, in the office's order.</param>
/// <param name="Charged">Charges: calculated now (draft) or frozen.</param>
/// <param name="Others">Who is not charged, as of now: missing input, beitragsfrei, not liable.</param>
/// <param name="Reasons">Why members pay over 10 % more.</param>
/// <param name="Offered">Values that wait for acceptance, by member.</param>
/// <param name="Questions">Open clarifications that touch dues.</param>
/// <param name="Changed">What would be different if the run were submitted now; empty unless it waits for approval or execution.</param>
/// <param name="Work">Progress of the execution.</param>
/// <param name="Stalled">No chunk was invoiced for ten minutes.</param>
internal sealed record DuesRunView(
    DuesRun Run,
    DuesRegulation Regulation,
    IReadOnlyDictionary<string, string> Categories,
    DuesSummary Charged,
    DuesSummary Others,
    IReadOnlyDictionary<MemberId, string> Reasons,
    IReadOnlyDictionary<MemberId, OfferedValue> Offered,
    IReadOnlyList<OpenQuestion> Questions,
    IReadOnlyList<ChangedCharge> Changed,
    LongWorkState? Work,
    bool Stalled
)
{
    /// <summary>When the documents will be due if they are issued on a day, with the number of charges each.</summary>
    public IReadOnlyDictionary<DateOnly, int> DueWhenIssued(DateOnly day)
    {
        var earliest = day.AddDays(Regulation.Due.DaysAfterIssue);
        return Charged.DueDates.GroupBy(d => d.Key > earliest ? d.Key : earliest, d => d.Value).ToDictionary(g => g.Key, g => g.Sum());
    }

    /// <summary>Due dates of one run in different months surprise people: it is said before approval.</summary>
    public bool DueInSeveralMonths(DateOnly day) => DueWhenIssued(day).Keys.Select(d => (d.Year, d.Month)).Distinct().Skip(1).Any();
}

/// <summary>A member for whom the frozen charge is no longer what a calculation would give.</summary>
/// <param name="Member">The member.</param>
/// <param name="Number">Mitgliedsnummer.</param>
/// <param name="Name">Its name.</param>
/// <param name="Frozen">The charge; null when the run has none.</param>
/// <param name="Now">What would be charged now; null when nothing.</param>
internal sealed record ChangedCharge(MemberId Member, string Number, string Name, Money? Frozen, Money? Now);

internal static class ReadDuesRunHandler
{
    public static async Task<DuesRunView?> HandleAsync(ReadDuesRun query, MembershipDb db, LongWorkLog works, TimeProvider clock, CancellationToken ct)
    {
        if (await DuesRuns.FindAsync(db, query.Code, ct) is not { } run)
            return null;
        var regulation =
            run.State == DuesRunState.Draft && await Regulations.ValidInAsync(db, run.Year, ct) is { } valid
                ? valid
                : await Regulations.ReadAsync(db, run.RegulationId, ct);

        var (charged, others, changed) = await GatherAsync(db, run, regulation, ct);
        var work = run.WorkId is { } id ? await works.ReadAsync(id, ct) : null;
        return new DuesRunView(
            run,
            regulation,
            await DuesReading.CategoryNamesAsync(db, ct),
            charged,
            others,
            await IncreaseReasons.FindAsync(db, regulation, charged.Increases, run.Year, DuesReading.Language, ct),
            await DuesReading.OfferedValuesAsync(db, others.Missing, run.Year, ct),
            run.Terms is null ? await DuesReading.OpenQuestionsAsync(db, ct) : [],
            changed,
            work,
            await RunProgress.StalledAsync(db, run, clock.GetUtcNow(), ct)
        );
    }

    private static async Task<(DuesSummary Charged, DuesSummary Others, IReadOnlyList<ChangedCharge> Changed)> GatherAsync(
        MembershipDb db,
        DuesRun run,
        DuesRegulation regulation,
        CancellationToken ct
    )
    {
        if (run.State == DuesRunState.Draft)
        {
            var now = await KindCandidates.SummariseAsync(db, run, regulation, ct);
            return (now, now, []);
        }

        var (charged, frozen) = (new DuesSummary(await RecipientFaults.FindAsync(db, ct)), new Dictionary<MemberId, DuesRow>());
        await foreach (var row in ChargeStore.StreamAsync(db, run.Id, ct))
        {
            charged.Add(row);
            frozen.Add(row.Member, row);
        }
        var waits = run.State is DuesRunState.Submitted or DuesRunState.Approved;
        var (others, changed) = (new DuesSummary(), new List<ChangedCharge>());
        await foreach (var row in KindCandidates.StreamAsync(db, run, regulation, waits ? run.Id : null, ct))
        {
            if (row.Outcome != DuesOutcome.Owes)
                others.Add(row);
            if (!waits)
                continue;
            Money? before = frozen.TryGetValue(row.Member, out var charge) ? charge.Amount : null;
            Money? now = row.Outcome == DuesOutcome.Owes ? row.Amount : null;
            if (before != now)
                changed.Add(new ChangedCharge(row.Member, row.Number, row.Name, before, now));
        }
        return (charged, others, changed);
    }
}
