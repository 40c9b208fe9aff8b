using Association.Billing.Data;

namespace Association.Billing.Invoices.Browsing;

/// <summary>The orders of the invoices.</summary>
internal static class InvoiceOrder
{
    private static readonly (string, string)[] Number = [("i.series", "text"), ("i.year", "int"), ("i.sequence", "int")];

    /// <summary><c>number</c>, <c>name</c>, <c>due</c>, <c>issued</c> or <c>amount</c>, with „-“ before it from the end; anything else is the newest
    /// first.</summary>
    public static ListOrder Of(string? sort) =>
        Tidy(sort)?.TrimStart('-') switch
        {
            "number" => new ListOrder(Number, sort![0] == '-'),
            "name" => new ListOrder([("a.name collate \"de-DE-x-icu\"", "text"), .. Number], sort![0] == '-'),
            "due" => new ListOrder([("i.due_on", "date"), .. Number], sort![0] == '-'),
            "issued" => new ListOrder([("i.issued_on", "date"), .. Number], sort![0] == '-'),
            "amount" => new ListOrder([("i.amount", "numeric"), .. Number], sort![0] == '-'),
            _ => new ListOrder([("i.issued_on", "date"), .. Number], true),
        };

    /// <summary>The order as the address writes it; null for the usual one.</summary>
    public static string? Tidy(string? sort) =>
        sort is { Length: > 0 } && sort[(sort[0] == '-' ? 1 : 0)..] is "number" or "name" or "due" or "issued" or "amount" ? sort : null;
}
