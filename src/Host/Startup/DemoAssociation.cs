using Association.Platform.Data.Settings;

namespace Association.Host.Startup;

/// <summary>The association of a demo installation; account and creditor id are the published sample numbers of the banks.</summary>
internal static class DemoAssociation
{
    public static readonly AssociationProfile Profile = new(
        Version: 1,
        Name: "Gesundheitsregion Bliesland e. V.",
        ShortName: "Bliesland",
        Street: "Am Staden 12",
        PostalCode: "66121",
        Town: "Saarbrücken",
        Email: "geschaeftsstelle@bliesland.example",
        Phone: "+49 681 5555-0",
        Website: "www.bliesland.example",
        RegisterEntry: "Vereinsregister Saarbrücken VR 4711",
        BoardLine: "Vorstand: Dr. Nora Groß (Vorsitzende), Peter Schwindling",
        TaxNumber: "040/140/00000",
        BankName: "Deutsche Kreditbank Berlin",
        Iban: "DE02120300000000202051",
        Bic: "BYLADEM1001",
        CreditorId: "DE98ZZZ09999999999");
}
