using Association.Billing.Contracts;
using Association.Platform.Messaging;
using Association.Platform.Web.Lists;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Invoices.Browsing;

/// <summary>The list of invoices, as saved views know it.</summary>
internal sealed class InvoicesView(IMessageBus bus, IStringLocalizer<BillingTexts> texts) : IFilteredList
{
    public const string ListName = "billing.invoices";

    public string Name => ListName;

    public string Title => texts["Invoices.Title"];

    public string Path => BillingPages.Invoices;

    public string Permission => BillingModule.ReadInvoices;

    public string Canonical(IQueryCollection query) => InvoiceQuery.Read(query).ToQueryString();

    public async Task<int> CountAsync(string canonical, CancellationToken ct) =>
        (await bus.QueryAsync(new ListInvoices(InvoiceQuery.Read(ListQuery.Parse(canonical)).Filter, Size: 1), ct)).Total;
}
