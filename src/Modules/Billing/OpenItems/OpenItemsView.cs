using Association.Billing.Contracts;
using Association.Platform.Messaging;
using Association.Platform.Web.Lists;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;

namespace Association.Billing.OpenItems;

/// <summary>The list of open items, as saved views know it.</summary>
internal sealed class OpenItemsView(IMessageBus bus, IStringLocalizer<BillingTexts> texts) : IFilteredList
{
    public const string ListName = "billing.open-items";

    public string Name => ListName;

    public string Title => texts["OpenItems.Title"];

    public string Path => BillingPages.OpenItems;

    public string Permission => BillingModule.ReadLedger;

    public string Canonical(IQueryCollection query) => OpenItemQuery.Read(query).ToQueryString();

    public async Task<int> CountAsync(string canonical, CancellationToken ct)
    {
        var list = OpenItemQuery.Read(ListQuery.Parse(canonical)).List;
        var found = await bus.QueryAsync(list with { Size = 1 }, ct);
        return list.Age is { } age ? found.Ages.Single(a => a.Age == age).Count : found.Count;
    }
}
