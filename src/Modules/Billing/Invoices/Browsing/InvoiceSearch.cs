using Association.Billing.Contracts;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Invoices.Browsing;

/// <summary>Issued documents in the one search box, by their numbers.</summary>
internal sealed class InvoiceSearch(IMessageBus bus, IStringLocalizer<BillingTexts> texts) : ISearchProvider
{
    public string Permission => BillingModule.ReadInvoices;

    public async Task<IReadOnlyList<SearchHit>> SearchAsync(string text, int limit, CancellationToken ct)
    {
        var found = await bus.QueryAsync(new ListInvoices(new InvoiceFilter(text), Size: limit), ct);
        return
        [
            .. found.Rows.Select(i => new SearchHit(
                texts[i.State == InvoiceState.Cancellation ? "Search.Cancellation" : "Search.Invoice"],
                i.Number,
                $"{i.MemberName} · {Formats.Of(i.Amount)}",
                BillingPages.Invoice(i.Number)
            )),
        ];
    }
}
