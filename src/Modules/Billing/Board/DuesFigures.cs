using Association.Platform.Documents.Workbooks;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Board;

/// <summary>What the board asks first: the dues of the year, whenever their invoices were written.</summary>
/// <remarks>
/// Invoices for the coming year go out before it begins. By the day of their entries (<see cref="BillingFigures"/>) they belong to the old year;
/// as dues they belong to their own.
/// </remarks>
internal sealed class DuesFigures(IStringLocalizer<BoardTexts> texts) : IBoardReportFigures
{
    public int Order => 150;

    public string Title => texts["DuesFigures.Title"];

    public async Task<IReadOnlyList<BoardFigure>> ReadAsync(BoardReading reading, CancellationToken ct)
    {
        var dues = await DuesClaim.SumAsync(reading, ct);
        return
        [
            Money("dues-charged", dues.Charged),
            Money("dues-forgiven", dues.Forgiven) with
            {
                IsHeadline = false,
            },
            Money("dues-paid", dues.Paid),
            Money("dues-open", dues.Open),
            new BoardFigure("dues-ratio", texts["Figure.dues-ratio"], CellFormat.Percent) { Ratio = ("dues-paid", "dues-charged"), IsHeadline = true },
        ];
    }

    private BoardFigure Money(string key, decimal amount) => new(key, texts["Figure." + key], CellFormat.Money) { Number = amount, IsHeadline = true };
}
