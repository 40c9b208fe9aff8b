using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Workbooks;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Board;

/// <summary><em>Beiträge</em>: what each category was charged for a dues year and how much of it is paid, as it stood on the last day of the period.</summary>
internal sealed class DuesSheet(IChargedCategories categories, IStringLocalizer<BoardTexts> texts) : IBoardReportSheet
{
    public int Order => 200;

    public async Task<ReportSheet> ReadAsync(BoardReading reading, CancellationToken ct)
    {
        var claims = await DuesClaim.ReadAsync(reading, ct);
        var names = await categories.CategoriesAsync([.. claims.Select(c => new ChargeId(c.Charge))], ct);
        var groups = claims
            .GroupBy(c => (c.Year, Category: names.GetValueOrDefault(new ChargeId(c.Charge)) ?? new ChargedCategory(int.MaxValue, c.Category)))
            .ToDictionary(g => g.Key, g => g.ToList());
        // A year is shown whole, or not at all: what was paid in full long before belongs to the picture.
        var years = claims
            .Where(c => c.Touched || c.Open != 0 || (c.Year >= reading.Period.From.Year && c.Year <= reading.Period.To.Year))
            .Select(c => c.Year)
            .ToHashSet();
        List<Row> rows =
        [
            .. groups
                .Where(g => years.Contains(g.Key.Year))
                .OrderByDescending(g => g.Key.Year)
                .ThenBy(g => g.Key.Category.Position)
                .Select(g => new Row(
                    g.Key.Year,
                    g.Key.Category.Name,
                    g.Value.Count,
                    Sum(g.Value, c => c.Amount),
                    Sum(g.Value, c => c.Forgiven),
                    Sum(g.Value, c => c.Paid),
                    Sum(g.Value, c => c.Open),
                    groups.TryGetValue((g.Key.Year - 1, g.Key.Category), out var before) ? Sum(before, c => c.Amount) : null
                )),
        ];
        var table = new ReportColumns<Row>()
            .Year(texts["Column.DuesYear"], r => r.Year)
            .Text(texts["Column.Category"], r => r.Category, total: texts["Column.Sum"])
            .Count(texts["Column.Count"], r => r.Count, total: true)
            .Money(texts["Column.Charged"], r => r.Charged, total: true)
            .Money(texts["Column.Forgiven"], r => r.Forgiven, total: true)
            .Money(texts["Column.Paid"], r => r.Paid, total: true)
            .Money(texts["Column.Open"], r => r.Open, total: true)
            .Ratio(texts["Column.Ratio"], texts["Column.Paid"], texts["Column.Charged"])
            .Money(texts["Column.LastYear"], r => r.LastYear, total: true)
            .Difference(texts["Column.Difference"], CellFormat.Money, texts["Column.Charged"], texts["Column.LastYear"])
            .Table("Beitraege", rows);
        return new ReportSheet(texts["Dues.Sheet"], texts["Dues.Title", Formats.Of(reading.AsOf)], [texts["Dues.Note"]], table)
        {
            Main = table,
            ForOverview = ChartOf(table, rows, reading.Period.To.Year),
        };
    }

    // What the board asks first: of what it asked this year, how much is there. Before this year's dues are charged, or when they were charged elsewhere,
    // the newest year tells it; without invoices there is no picture.
    private ReportChart? ChartOf(ReportTable table, List<Row> rows, int asked)
    {
        var year = rows.Exists(r => r.Year == asked) ? asked : rows.Select(r => r.Year).DefaultIfEmpty().Max();
        var first = rows.FindIndex(r => r.Year == year);
        if (first < 0)
            return null;
        var shown = rows.FindAll(r => r.Year == year);
        var (charged, paid) = (Money.Sum(shown.Select(r => r.Charged)), Money.Sum(shown.Select(r => r.Paid)));
        var parts = new List<int> { Column("Column.Paid"), Column("Column.Open") };
        if (shown.Exists(r => r.Forgiven != Money.Zero))
            parts.Add(Column("Column.Forgiven"));
        return new ReportChart(texts["Dues.Chart", year, Formats.Of(paid), Formats.Of(charged)], table, Column("Column.Category"), parts, first, shown.Count);

        int Column(string key) => table.Columns.Select((c, i) => (c.Header, i)).First(c => c.Header == texts[key]).i;
    }

    private static Money Sum(IEnumerable<DuesClaim> claims, Func<DuesClaim, decimal> amount) => new(claims.Sum(amount));

    private sealed record Row(int Year, string Category, int Count, Money Charged, Money Forgiven, Money Paid, Money Open, Money? LastYear);
}
