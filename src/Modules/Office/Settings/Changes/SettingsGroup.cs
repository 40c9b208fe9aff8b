namespace Association.Office.Settings.Changes;

/// <summary>The groups in which the settings are shown; each value belongs to one.</summary>
/// <param name="Name">Names its texts.</param>
/// <param name="Href">Its page.</param>
/// <param name="Fields">Its values; with a dot at the end all below.</param>
public sealed record SettingsGroup(string Name, string Href, params string[] Fields)
{
    /// <summary>Name, address, contact, register.</summary>
    public static readonly SettingsGroup Association = new(
        "Association",
        SettingsUrl.Association,
        "Name",
        "ShortName",
        "Street",
        "PostalCode",
        "Town",
        "Email",
        "Phone",
        "Website",
        "RegisterEntry",
        "BoardLine",
        "TaxNumber"
    );

    /// <summary>Account on invoices and creditor id.</summary>
    public static readonly SettingsGroup Accounts = new("Accounts", SettingsUrl.Accounts, "BankName", "Iban", "Bic", "CreditorId");

    /// <summary>Logo and colour.</summary>
    public static readonly SettingsGroup Letterhead = new("Letterhead", SettingsUrl.Letterhead, "LogoId", "Color");

    /// <summary>Languages, fiscal year, accounting.</summary>
    public static readonly SettingsGroup Office = new("Office", SettingsUrl.Office, "Languages.", "Bookkeeping.", "Notice.");

    /// <summary>Due dates, reminders, settlement.</summary>
    public static readonly SettingsGroup Claims = new("Claims", SettingsUrl.Claims, "Due.", "Reminders.", "Settlement.");

    /// <summary>When the office is asked about what ends.</summary>
    public static readonly SettingsGroup Deadlines = new("Deadlines", SettingsUrl.Deadlines, "Deadlines.");

    /// <summary>Forms of numbers.</summary>
    public static readonly SettingsGroup Numbers = new("Numbers", SettingsUrl.Numbers, "Numbers.");

    /// <summary>Limits for a second person.</summary>
    public static readonly SettingsGroup FourEyes = new("FourEyes", SettingsUrl.FourEyes, "FourEyes.");

    /// <summary>All that a file of rules on the command line may name.</summary>
    public static readonly SettingsGroup Rules = new(
        "Rules",
        SettingsUrl.Overview,
        [.. Office.Fields, .. Numbers.Fields, .. Claims.Fields, .. Deadlines.Fields, .. FourEyes.Fields]
    );

    /// <summary>Mail server and sender.</summary>
    public static readonly SettingsGroup Mail = new("Mail", SettingsUrl.Mail, "Mail.");

    /// <summary>The changes that concern this group, each with the values that do.</summary>
    public IEnumerable<SettingsChange> Of(IEnumerable<SettingsChange> changes) =>
        changes.Select(c => c with { Values = [.. c.Values.Where(v => Has(v.Field))] }).Where(c => c.Values.Count > 0);

    private bool Has(string field) => Fields.Any(f => f.EndsWith('.') ? field.StartsWith(f, StringComparison.Ordinal) : field == f);
}
