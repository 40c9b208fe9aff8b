using System.Text.Json;
using System.Text.Json.Serialization;
using Association.Membership.Members.Model;
using Association.Membership.Members.Record;
using Association.Platform.Data.Kernel;

namespace Association.Membership.Applications.Model;

/// <summary>What somebody types who wants to become a member; texts as typed, or tidy.</summary>
/// <param name="Kind">An organisation or a person.</param>
/// <param name="Category">Code.</param>
/// <param name="Value">Beds, staff or inhabitants, where the category's rule asks for them; else null.</param>
/// <param name="JoinsOn">From when on.</param>
/// <param name="Name">Of the organisation; of a person „Hürter, Katrin“.</param>
/// <param name="Addition">Department, c/o; may be empty.</param>
/// <param name="Street">Street and house number, or a post box.</param>
/// <param name="PostalCode">As written in the country.</param>
/// <param name="Town">Town.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Language">Of letters and mails: <c>de</c>, <c>fr</c> or <c>en</c>.</param>
/// <param name="Email">Where the confirmation goes.</param>
/// <param name="Phone">Null when nothing was typed.</param>
/// <param name="ContactSalutation">Of the person who acts for an organisation.</param>
/// <param name="ContactName">„Dr. Nora Groß“; null of a person.</param>
/// <param name="ContactTitle">What that person is called there; null when nothing was typed.</param>
/// <param name="Iban">Of the mandate; null without one.</param>
/// <param name="AccountHolder">Null: the applicant.</param>
/// <param name="Remark">What the applicant wants to say; may be empty.</param>
internal sealed record ApplicationForm(
    MemberKind Kind,
    string Category,
    int? Value,
    DateOnly JoinsOn,
    string Name,
    string Addition,
    string Street,
    string PostalCode,
    string Town,
    string Country,
    string Language,
    string Email,
    string? Phone = null,
    Salutation ContactSalutation = Salutation.None,
    string? ContactName = null,
    string? ContactTitle = null,
    string? Iban = null,
    string? AccountHolder = null,
    string Remark = ""
)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>As kept: one line each without what cannot be seen; of a person nobody acts, and what the category does not ask for is not kept.</summary>
    /// <param name="asksForValue">Whether the category's rule needs a value.</param>
    public ApplicationForm Tidy(bool asksForValue)
    {
        var iban = Platform.Data.Kernel.Iban.TryParse(Iban, out var account, out _) ? account.Value : TidyText.OrNull(Iban);
        return this with
        {
            Value = asksForValue ? Value : null,
            Name = TidyText.Line(Name),
            Addition = TidyText.Line(Addition),
            Street = TidyText.Line(Street),
            PostalCode = TidyText.Line(PostalCode),
            Town = TidyText.Line(Town),
            Country = Country.Trim().ToUpperInvariant(),
            Email = TidyText.Line(Email),
            Phone = TidyText.OrNull(Phone),
            ContactSalutation = Kind == MemberKind.Person ? Salutation.None : ContactSalutation,
            ContactName = Kind == MemberKind.Person ? null : TidyText.OrNull(ContactName),
            ContactTitle = Kind == MemberKind.Person ? null : TidyText.OrNull(ContactTitle),
            Iban = iban,
            AccountHolder = iban is null ? null : TidyText.OrNull(AccountHolder),
            Remark = CleanText.Lines(Remark).Trim(),
        };
    }

    /// <summary>As a member keeps it.</summary>
    public MemberDetails Details =>
        new(Kind, Name, Addition, Street, PostalCode, Town, Country, Language, Email, Phone, NoPost: false, BuyerReference: null, Remark);

    /// <summary>For a column.</summary>
    public string Write() => JsonSerializer.Serialize(this, Json);

    /// <summary>From a column.</summary>
    public static ApplicationForm Read(string stored) => JsonSerializer.Deserialize<ApplicationForm>(stored, Json)!;
}
