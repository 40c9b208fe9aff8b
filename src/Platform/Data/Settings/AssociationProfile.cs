using System.Text.Json.Serialization;

namespace Association.Platform.Data.Settings;

/// <summary>The association itself, as it stands on its letters and pages. Versions are kept; an issued document names the version it was made with.</summary>
/// <param name="Version">1, 2, 3 …</param>
/// <param name="Name">Full registered name: „Gesundheitsregion Bliesland e. V.“.</param>
/// <param name="ShortName">For the menu: „Bliesland“.</param>
/// <param name="Street">Street and house number.</param>
/// <param name="PostalCode">Five digits in Germany.</param>
/// <param name="Town">Town.</param>
/// <param name="Email">Of the office.</param>
/// <param name="Phone">Of the office.</param>
/// <param name="Website">Without scheme.</param>
/// <param name="RegisterEntry">„Vereinsregister Saarbrücken VR 4711“.</param>
/// <param name="BoardLine">Who represents it (§ 26 BGB), as printed in the footer.</param>
/// <param name="TaxNumber">Steuernummer; printed in the footer, never on a dues line.</param>
/// <param name="BankName">Of the account.</param>
/// <param name="Iban">The account, without blanks.</param>
/// <param name="Bic">Of the account's bank.</param>
/// <param name="CreditorId">Gläubiger-Identifikationsnummer, without blanks.</param>
public sealed record AssociationProfile(
    int Version,
    string Name,
    string ShortName,
    string Street,
    string PostalCode,
    string Town,
    string Email,
    string Phone,
    string Website,
    string RegisterEntry,
    string BoardLine,
    string TaxNumber,
    string BankName,
    string Iban,
    string Bic,
    string CreditorId
)
{
    /// <summary>The logo on pages and letters; null without one.</summary>
    public Guid? LogoId { get; init; }

    /// <summary>The colour on pages, letters and workbooks, <c>#7b1f57</c>; null: that of the product.</summary>
    public string? Color { get; init; }

    /// <summary>The logo itself; read with the profile.</summary>
    [JsonIgnore]
    public AssociationLogo? Logo { get; init; }

    /// <summary>Who writes, below a mail: name, street, town and address, a line each; what is not known is left out.</summary>
    public string Signature() => string.Join('\n', new[] { Name, Street, $"{PostalCode} {Town}".Trim(), Email }.Where(line => line.Length > 0));
}
