using Association.Billing.Data;

namespace Association.Billing.OpenItems;

/// <summary>The orders of the open items.</summary>
internal static class OpenItemOrder
{
    private static readonly (string, string)[] Number = [("x.series", "text"), ("x.year", "int"), ("x.sequence", "int")];

    /// <summary><c>due</c>, <c>name</c>, <c>amount</c>, <c>open</c> or <c>number</c>, with „-“ before it from the end; anything else is the longest due
    /// first.</summary>
    public static ListOrder Of(string? sort) =>
        Tidy(sort)?.TrimStart('-') switch
        {
            "name" => new ListOrder([("x.name collate \"de-DE-x-icu\"", "text"), .. Number], sort![0] == '-'),
            "amount" => new ListOrder([("x.amount", "numeric"), .. Number], sort![0] == '-'),
            "open" => new ListOrder([("x.open", "numeric"), .. Number], sort![0] == '-'),
            "number" => new ListOrder(Number, sort![0] == '-'),
            _ => new ListOrder([("x.due", "date"), .. Number], sort is "-due"),
        };

    /// <summary>The order as the address writes it; null for the usual one.</summary>
    public static string? Tidy(string? sort) =>
        sort is "-due" || (sort is { Length: > 0 } && sort[(sort[0] == '-' ? 1 : 0)..] is "name" or "amount" or "open" or "number") ? sort : null;
}
