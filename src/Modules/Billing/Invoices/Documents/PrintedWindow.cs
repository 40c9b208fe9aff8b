using Association.Membership.Contracts;

namespace Association.Billing.Invoices.Documents;

/// <summary>An address as the lines of a letter's window.</summary>
internal static class PrintedWindow
{
    /// <summary>DIN 5008: the country in capitals, only abroad.</summary>
    public static IEnumerable<string> Of(PrintedAddress address)
    {
        foreach (var line in address.Lines) yield return line;
        yield return $"{address.PostalCode} {address.Town}".Trim();
        if (address.Country != "DE") yield return CountryNames.Of(address.Country);
    }
}
