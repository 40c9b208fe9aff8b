using Association.Platform.Data;
using Association.Platform.Data.Settings;
using Association.Platform.Web.Modules;
using Dapper;

namespace Association.Office.Settings.Profile;

/// <summary>What a new installation says of its association.</summary>
internal sealed class FirstProfiles(IAssociationProfiles profiles, OfficeDatabase database) : IInitialData
{
    /// <summary>Until the office tells its own data with the verb <c>profile</c>: no account, so nothing can be invoiced by mistake.</summary>
    public static readonly AssociationProfile Own = new(
        Version: 1,
        Name: "Neuer Verein",
        ShortName: "Neuer Verein",
        Street: "",
        PostalCode: "",
        Town: "",
        Email: "",
        Phone: "",
        Website: "",
        RegisterEntry: "",
        BoardLine: "",
        TaxNumber: "",
        BankName: "",
        Iban: "",
        Bic: "",
        CreditorId: ""
    );

    /// <summary>The invented association of a demo; account and creditor id are the published sample numbers of the banks.</summary>
    public static readonly AssociationProfile Demo = new(
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
        CreditorId: "DE98ZZZ09999999999"
    );

    public int Order => 10;

    public async Task SeedAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var missingInDemo = await connection.QuerySingleOrDefaultAsync<bool?>(
            new CommandDefinition( // without a record 'setup' is at work, which writes the association itself
                "select kind = 'demo' from platform.installation where not exists (select from platform.association_profile)",
                cancellationToken: ct
            )
        );
        if (missingInDemo is { } isDemo)
            await profiles.SaveAsync(isDemo ? Demo : Own, ct);
    }
}
