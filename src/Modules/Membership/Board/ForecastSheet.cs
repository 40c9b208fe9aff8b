using Association.Membership.Data;
using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Regulation;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Workbooks;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Board;

/// <summary><em>Prognose</em>: what the next dues year brings by what is known today. Nothing is estimated: who has no value counts as missing.</summary>
internal sealed class ForecastSheet(MembershipDb db, IStringLocalizer<BoardTexts> texts) : IBoardReportSheet
{
    // What is charged for the year already, who leaves before it begins, and what the year before brought, in the categories of the year's first day.
    private static readonly string Sql = $"""
        with m as (select m.id, m.left_on, {BoardCategories.On("make_date(@year, 1, 1)")} as category_in_year from membership.member m)
        select m.category_in_year as Category, count(now.amount) as Charged, coalesce(sum(now.amount), 0) as Amount,
               count(*) filter (where m.left_on between make_date(@year - 1, 1, 1) and make_date(@year - 1, 12, 31)) as Exits,
               sum(coalesce(last.full_year, prior.amount)) as LastYear
          from m
          left join membership.charge now on now.member_id = m.id and now.kind = 'annual' and now.period = @year and now.voided_at is null
          left join membership.charge last on last.member_id = m.id and last.kind = 'annual' and last.period = @year - 1 and last.voided_at is null
          left join membership.prior_dues prior on prior.member_id = m.id and prior.year = @year - 1
         group by 1
        """;

    public int Order => 250;

    public async Task<ReportSheet> ReadAsync(BoardReading reading, CancellationToken ct)
    {
        var year = reading.Period.To.Year + 1;
        var regulation = await Regulations.ValidInAsync(db, year, ct);
        var rows = new OrderedDictionary<string, Row>(StringComparer.Ordinal);
        foreach (var (code, name) in await DuesReading.CategoryNamesAsync(db, ct))
            rows[code] = new Row { Name = name };
        if (regulation is not null)
        {
            foreach (var known in await reading.Connection.QueryAsync<Known>(new CommandDefinition(Sql, new { year }, cancellationToken: ct)))
                rows[known.Category].Add(known.Charged, new Money(known.Amount), known.Exits, known.LastYear);
            await foreach (var row in DuesCandidates.StreamAsync(db, regulation, year, null, ct))
            {
                if (row.Outcome == DuesOutcome.Owes)
                    rows[row.Category].Add(1, row.Amount, 0, null);
                if (row.Outcome == DuesOutcome.MissingInput)
                    rows[row.Category].Missing++;
            }
        }
        var table = new ReportColumns<Row>()
            .Text(texts["Column.Category"], r => r.Name, total: texts["Column.Sum"])
            .Count(texts["Column.Confirmed"], r => r.Confirmed, total: true)
            .Count(texts["Column.NotEstimated"], r => r.Missing, total: true)
            .Count(texts["Column.ExitsBefore", year], r => r.Exits, total: true)
            .Money(texts["Column.SumOf", year], r => r.Sum, total: true)
            .Money(texts["Column.FullYear", year - 1], r => r.LastYear is { } last ? new Money(last) : null, total: true)
            .Difference(texts["Column.Difference"], CellFormat.Money, texts["Column.SumOf", year], texts["Column.FullYear", year - 1])
            .Table("Prognose", regulation is null ? [] : rows.Values);
        var note = regulation is null ? texts["Forecast.NoRegulation", year] : texts["Forecast.Note", Formats.Of(regulation.Resolution.On)];
        return new ReportSheet(texts["Forecast.Sheet"], texts["Forecast.Title", year, Formats.Of(reading.Today)], [note], table) { Main = table };
    }

    private sealed class Row
    {
        public required string Name { get; init; }

        public int Confirmed { get; private set; }

        public int Missing { get; set; }

        public int Exits { get; private set; }

        public Money Sum { get; private set; }

        public decimal? LastYear { get; private set; }

        public void Add(int confirmed, Money sum, int exits, decimal? lastYear)
        {
            Confirmed += confirmed;
            Sum += sum;
            Exits += exits;
            if (lastYear is { } last)
                LastYear = (LastYear ?? 0) + last;
        }
    }

    private sealed class Known
    {
        public string Category { get; init; } = "";

        public int Charged { get; init; }

        public decimal Amount { get; init; }

        public int Exits { get; init; }

        public decimal? LastYear { get; init; }
    }
}
