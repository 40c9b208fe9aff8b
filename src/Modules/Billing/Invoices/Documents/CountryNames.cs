namespace Association.Billing.Invoices.Documents;

/// <summary>Countries as the last line of an address, in capitals: the carrier in the sender's country must read it.</summary>
internal static class CountryNames
{
    /// <summary>The German name of an ISO 3166-1 code; the code itself where the neighbourhood ends.</summary>
    public static string Of(string code) => code switch
    {
        "FR" => "FRANKREICH",
        "LU" => "LUXEMBURG",
        "BE" => "BELGIEN",
        "NL" => "NIEDERLANDE",
        "CH" => "SCHWEIZ",
        "AT" => "ÖSTERREICH",
        "IT" => "ITALIEN",
        "DK" => "DÄNEMARK",
        "PL" => "POLEN",
        "CZ" => "TSCHECHIEN",
        "ES" => "SPANIEN",
        "GB" => "GROSSBRITANNIEN",
        _ => code,
    };
}
