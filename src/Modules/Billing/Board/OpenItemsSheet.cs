using Association.Billing.OpenItems;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Workbooks;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Board;

/// <summary><em>Offene Posten</em>: by age, one by one, and the ten largest.</summary>
internal sealed class OpenItemsSheet(IStringLocalizer<BoardTexts> texts, IStringLocalizer<BillingTexts> billing) : IBoardReportSheet
{
    private const int Largest = 10;

    public int Order => 210;

    public async Task<ReportSheet> ReadAsync(BoardReading reading, CancellationToken ct)
    {
        var items = await OpenItemRows.ReadAsync(reading, ct);
        var list = Columns().Table("OffenePosten", items) with { Caption = texts["OpenItems.All"] };
        var top = Columns().Table("GroesstePosten", items.OrderByDescending(i => i.Open).ThenBy(i => i.Due).Take(Largest)) with
        {
            Caption = texts["OpenItems.Top"],
            Filters = false,
            OnNewPage = items.Count > Largest,
        };
        return new ReportSheet(texts["OpenItems.Sheet"], texts["OpenItems.Title", Formats.Of(reading.AsOf)], [texts["OpenItems.Note"]], Ages(items), list, top)
        {
            Main = list,
        };
    }

    private ReportTable Ages(IReadOnlyList<OpenItemRow> items)
    {
        var ages = Enum.GetValues<OpenItemAge>();
        var columns = new List<ReportColumn> { new(texts["OpenItems.Age"], CellFormat.Text) };
        columns.AddRange(ages.Select(age => new ReportColumn(billing["Age." + age], CellFormat.Money)));
        columns.Add(new ReportColumn(texts["Column.Sum"], CellFormat.Money));
        IReadOnlyList<(CellPlace, int)> All(int row) => [.. ages.Select((_, i) => (new CellPlace(row, i + 1), 1))];
        return new ReportTable(
            "Altersstruktur",
            columns,
            [
                [
                    ReportCell.Text(texts["Column.Count"]),
                    .. ages.Select(age => ReportCell.Count(items.Count(i => i.Age == age))),
                    ReportCell.Computed(CellFormat.Count, CellFormula.Sum(All(0))),
                ],
                [
                    ReportCell.Text(texts["Column.Open"]),
                    .. ages.Select(age => ReportCell.Money(new Money(items.Where(i => i.Age == age).Sum(i => i.Open)))),
                    ReportCell.Computed(CellFormat.Money, CellFormula.Sum(All(1))),
                ],
            ]
        )
        {
            Filters = false,
        };
    }

    private ReportColumns<OpenItemRow> Columns() =>
        new ReportColumns<OpenItemRow>()
            .Text(texts["Column.Number"], i => i.Member, total: texts["Column.Sum"])
            .Text(texts["Column.Name"], i => i.Name)
            .Text(texts["Column.Invoice"], i => i.Invoice)
            .Date(texts["Column.Due"], i => i.Due)
            .Count(texts["Column.Days"], i => i.Days)
            .Money(texts["Column.Amount"], i => new Money(i.Amount), total: true)
            .Money(texts["Column.Open"], i => new Money(i.Open), total: true)
            .Count(texts["Column.Level"], i => i.Level)
            .Text(texts["Column.Route"], i => billing["Route." + EnumText.Parse<Membership.Contracts.PaymentRoute>(i.Route)])
            .Text(texts["Column.Stop"], i => i.Stop is { } stop ? billing["Stop." + stop].Value : null);
}
