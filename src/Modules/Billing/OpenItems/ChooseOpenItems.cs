using Association.Billing.Data;
using Association.Platform.Messaging;

namespace Association.Billing.OpenItems;

/// <summary>What a selection of open items means: the documents behind it and the members who owe, on all pages.</summary>
[Permission(BillingModule.ReadLedger)]
internal sealed record ChooseOpenItems(OpenItemFilter Filter, string? Sort = null) : IQuery<ChosenOpenItems>;

/// <summary>The items of a selection, in the order of the list.</summary>
/// <param name="Numbers">Of invoices, and of items taken over, which have no document.</param>
/// <param name="Members">Their numbers, each once.</param>
internal sealed record ChosenOpenItems(IReadOnlyList<string> Numbers, IReadOnlyList<string> Members);

internal static class ChooseOpenItemsHandler
{
    public static async Task<ChosenOpenItems> HandleAsync(ChooseOpenItems query, BillingDb db, TimeProvider clock, CancellationToken ct)
    {
        var items = await ListOpenItemsHandler.AllAsync(db, query.Filter, query.Sort, clock, ct).ToListAsync(ct);
        return new ChosenOpenItems([.. items.Select(i => i.Invoice)], [.. items.Select(i => i.Member).Distinct(StringComparer.Ordinal)]);
    }
}
