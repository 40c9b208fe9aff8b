using System.Runtime.CompilerServices;
using Association.Platform.Documents.Excel;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Ledger;

/// <summary>The open items as Excel.</summary>
internal static class OpenItemDownloads
{
    private const int PageSize = 1000;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(BillingUrl.OpenItems + "/list.xlsx", ListAsync);

    [RequirePermission(BillingModule.ReadLedger)]
    private static IResult ListAsync(IMessageBus bus, TimeProvider clock, IStringLocalizer<BillingTexts> texts, CancellationToken ct) =>
        Results.Stream(
            output => SpreadsheetWriter.WriteAsync(output, texts["OpenItems.Title"], clock.GetUtcNow(), Columns(texts), RowsAsync(bus, ct), ct),
            SpreadsheetWriter.MediaType, texts["File.OpenItems"] + ".xlsx");

    private static async IAsyncEnumerable<OpenItem> RowsAsync(IMessageBus bus, [EnumeratorCancellation] CancellationToken ct)
    {
        string? after = null;
        do
        {
            var page = await bus.QueryAsync(new ListOpenItems(After: after, Size: PageSize), ct);
            foreach (var item in page.Rows) yield return item;
            after = page.After;
        }
        while (after is not null);
    }

    private static SheetColumns<OpenItem> Columns(IStringLocalizer<BillingTexts> texts) => new SheetColumns<OpenItem>()
        .Text(texts["Column.MemberNumber"], i => i.Member)
        .Text(texts["Column.Member"], i => i.Name)
        .Text(texts["Column.Invoice"], i => i.Invoice)
        .Date(texts["Column.DueOn"], i => i.Due)
        .Text(texts["OpenItems.Ages"], i => texts["Age." + i.Age])
        .Money(texts["Column.Amount"], i => i.Amount)
        .Money(texts["Column.Open"], i => i.Open)
        .Text(texts["Invoice.Route"], i => texts["Route." + i.Route])
        .Text("IBAN", i => Formats.Iban(i.Iban))
        .Text(texts["Column.Reference"], i => i.Reference);
}
