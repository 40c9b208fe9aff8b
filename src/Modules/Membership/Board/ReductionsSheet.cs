using Association.Membership.Data;
using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Charges;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Regulation;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Workbooks;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Board;

/// <summary><em>Ermäßigungen</em>: whose dues of the period's years are reduced, by which resolution, and what it costs.</summary>
internal sealed class ReductionsSheet(MembershipDb db, IStringLocalizer<BoardTexts> texts) : IBoardReportSheet
{
    private const string Reductions = """
        select d.member_id as Member, m.number, m.name, d.kind, d.percent, d.from_year as FromYear, d.to_year as ToYear, d.resolved_by as ResolvedBy,
          d.resolved_on as ResolvedOn, d.note
          from membership.dues_reduction d join membership.member m on m.id = d.member_id
         where int4range(d.from_year, d.to_year, '[]') && int4range(@first, @last, '[]')
         order by m.name, d.from_year
        """;

    private const string Charges = """
        select c.member_id as Member, c.period as Year, c.steps::text as Steps
          from membership.charge c left join membership.dues_run r on r.id = c.run_id
          join membership.dues_reduction d on d.member_id = c.member_id and int4range(d.from_year, d.to_year, '[]') @> c.period
         where c.kind = 'annual' and c.voided_at is null and coalesce(r.state, 'executed') in ('executing', 'executed') and c.period between @first and @last
        """;

    public int Order => 230;

    public async Task<ReportSheet> ReadAsync(BoardReading reading, CancellationToken ct)
    {
        var years = new { first = reading.Period.From.Year, last = reading.Period.To.Year };
        var reductions = (await reading.Connection.QueryAsync<Row>(new CommandDefinition(Reductions, years, cancellationToken: ct))).AsList();
        var taken = new Dictionary<Guid, Dictionary<int, Money>>(); // by member, then by year
        foreach (
            var (member, year, steps) in await reading.Connection.QueryAsync<(Guid, int, string)>(new CommandDefinition(Charges, years, cancellationToken: ct))
        )
            if (ChargeStore.ReadSteps(steps).OfType<ReductionStep>().FirstOrDefault() is { } step)
                Take(taken, member, year, step.Before - step.Amount);
        if (reductions.Exists(r => r.Percent == 100))
            for (var year = years.first; year <= years.last; year++)
                await AddExemptAsync(taken, year, ct);

        var table = new ReportColumns<Row>()
            .Text(texts["Column.Number"], r => r.Number, total: texts["Column.Sum"])
            .Text(texts["Column.Name"], r => r.Name)
            .Text(texts["Column.Kind"], r => texts["Reduction." + r.Kind])
            .Percent(texts["Column.Percent"], r => r.Percent / 100)
            .Money(
                texts["Column.Reduced"],
                r =>
                    taken.TryGetValue(r.Member, out var ofMember)
                        ? Money.Sum(ofMember.Where(t => t.Key >= r.FromYear && t.Key <= (r.ToYear ?? int.MaxValue)).Select(t => t.Value))
                        : Money.Zero,
                total: true
            )
            .Year(texts["Column.FromYear"], r => r.FromYear)
            .Year(texts["Column.ToYear"], r => r.ToYear)
            .Text(texts["Column.Resolution"], r => string.Join(" · ", new[] { $"{r.ResolvedBy} {Formats.Of(r.ResolvedOn)}", r.Note }.Where(t => t.Length > 0)))
            .Table("Ermaessigungen", reductions);
        return new ReportSheet(
            texts["Reductions.Sheet"],
            years.first == years.last ? texts["Reductions.Title", years.first] : texts["Reductions.TitleYears", years.first, years.last],
            [texts["Reductions.Note"]],
            table
        )
        {
            Main = table,
        };
    }

    // Who is freed entirely has no charge to read: what would be owed is calculated as for everybody else.
    private async Task AddExemptAsync(Dictionary<Guid, Dictionary<int, Money>> taken, int year, CancellationToken ct)
    {
        if (await Regulations.ValidInAsync(db, year, ct) is not { } regulation)
            return;
        await foreach (var row in DuesCandidates.StreamAsync(db, regulation, year, null, ct))
            if (
                row.Outcome == DuesOutcome.Exempt
                && regulation.RuleOf(row.Category) is { } rule
                && DuesCalculator.Calculate(regulation, rule, new DuesFacts(year, row.Input?.Measured, row.JoinedOn, null, null)) is { Steps: [.., var owed] }
            )
                Take(taken, row.Member.Value, year, owed.Amount);
    }

    private static void Take(Dictionary<Guid, Dictionary<int, Money>> taken, Guid member, int year, Money amount)
    {
        if (!taken.TryGetValue(member, out var ofMember))
            taken.Add(member, ofMember = []);
        ofMember[year] = amount;
    }

    private sealed class Row
    {
        public Guid Member { get; init; }

        public string Number { get; init; } = "";

        public string Name { get; init; } = "";

        public string Kind { get; init; } = "";

        public decimal Percent { get; init; }

        public int FromYear { get; init; }

        public int? ToYear { get; init; }

        public string ResolvedBy { get; init; } = "";

        public DateOnly ResolvedOn { get; init; }

        public string Note { get; init; } = "";
    }
}
