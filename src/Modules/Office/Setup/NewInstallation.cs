using System.Globalization;
using Association.Office.People;
using Association.Office.People.Administration;
using Association.Office.People.Invitations;
using Association.Office.Settings;
using Association.Office.Settings.Accounts;
using Association.Office.Settings.Letterhead;
using Association.Office.Settings.Profile;
using Association.Platform.Data.Settings;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Association.Office.Setup;

/// <summary>What an office says of itself when it sets up an installation of its own.</summary>
/// <param name="Association">Name, address, contact.</param>
/// <param name="Bank">Account and creditor id.</param>
/// <param name="Administrator">The one person who is known from the start.</param>
/// <param name="Password">Of that person.</param>
/// <param name="Logo">Null: none.</param>
internal sealed record NewInstallation(AssociationData Association, BankDetails Bank, CreatePerson Administrator, string Password, UploadLogo? Logo)
{
    private const int LongestShortName = 24;

    /// <summary>What was typed, put together.</summary>
    /// <param name="values">By the names of <see cref="SetupField"/>; what is missing was left empty.</param>
    /// <param name="logo">The file that was named.</param>
    public static NewInstallation Of(IReadOnlyDictionary<string, string> values, UploadLogo? logo)
    {
        var name = Typed("Name");
        return new NewInstallation(
            new AssociationData(
                name,
                Typed("ShortName") is { Length: > 0 } shortName ? shortName : ShortNameOf(name),
                Typed("Street"),
                Typed("PostalCode"),
                Typed("Town"),
                Typed("Email"),
                Phone: "",
                Website: "",
                RegisterEntry: "",
                BoardLine: "",
                TaxNumber: ""
            ),
            new BankDetails(Typed("BankName"), Typed("Iban"), Typed("Bic"), Typed("CreditorId")).Tidy(),
            new CreatePerson(Typed("AdminLogin"), Typed("AdminName"), Roles.Administrator, "de", Typed("AdminEmail") is { Length: > 0 } email ? email : null),
            values.GetValueOrDefault(SetupField.Password, ""),
            logo
        );

        string Typed(string field) => values.GetValueOrDefault(field, "").Trim();
    }

    /// <summary>The first version of the profile.</summary>
    public AssociationProfile Profile =>
        Association.Over(FirstProfiles.Own) with
        {
            Version = 0,
            BankName = Bank.BankName,
            Iban = Bank.Iban,
            Bic = Bank.Bic,
            CreditorId = Bank.CreditorId,
        };

    private static string ShortNameOf(string name)
    {
        var bare = name.Replace(" e. V.", "", StringComparison.Ordinal).Replace(" e.V.", "", StringComparison.Ordinal);
        if (bare.Length <= LongestShortName)
            return bare;
        var blank = bare.LastIndexOf(' ', LongestShortName);
        return (blank > 0 ? bare[..blank] : bare[..LongestShortName]).Trim();
    }
}

/// <summary>Looks a new installation over by the rules that the pages have for each part, before any folder is touched.</summary>
internal sealed class SetupRules(
    IStringLocalizer<SettingsTexts> settings,
    IStringLocalizer<PeopleTexts> people,
    IStringLocalizer<InvitationTexts> invitations,
    IStringLocalizer<SetupTexts> texts,
    IOptions<IdentityOptions> identity
)
{
    private const int LongestPassword = 200;

    // A new installation through the settings may get its address later; here it is asked for.
    private static readonly AssociationProfile Demanding = FirstProfiles.Own with { Street = "*", PostalCode = "*", Town = "*" };

    /// <summary>Everything that is wrong, by the names of <see cref="SetupField"/>, in their order; one thing a field.</summary>
    public IReadOnlyList<Problem> Problems(NewInstallation wished, IReadOnlyDictionary<string, string> typed)
    {
        var found = Unprintable(typed)
            .Concat(ChangeAssociationHandler.Validate(new ChangeAssociation(0, wished.Association), Demanding, settings))
            .Concat(wished.Bank.Problems(settings))
            .Concat(AdministratorProblems(wished.Administrator))
            .Concat(PasswordProblems(wished.Password))
            .Concat(wished.Logo is { } logo ? UploadLogoHandler.Validate(logo, settings).Select(p => p with { Field = SetupField.Logo }) : [])
            .Where(p => p.Field != "ShortName" || wished.Association.Name.Length > 0) // it is made of the name
            .ToLookup(p => p.Field);
        return [.. SetupField.All.Select(f => f.Name).Append(SetupField.Password).SelectMany(field => found[field].Take(1))];
    }

    private IEnumerable<Problem> Unprintable(IReadOnlyDictionary<string, string> typed) =>
        typed.Where(t => t.Key != SetupField.Logo && t.Value.Any(IsUnprintable)).Select(t => new Problem(t.Key, texts["Problem.Unprintable"]));

    // Control characters, and those that turn the direction of a text or hide in it, would go into letters, mails and bank files.
    private static bool IsUnprintable(char c) =>
        char.GetUnicodeCategory(c)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse;

    private IEnumerable<Problem> AdministratorProblems(CreatePerson administrator)
    {
        foreach (var problem in CreatePersonHandler.Validate(administrator, people, invitations))
            yield return problem with
            {
                Field = "Admin" + problem.Field,
            };
        if (!administrator.Login.All(identity.Value.User.AllowedUserNameCharacters.Contains))
            yield return new("AdminLogin", people["Error.LoginInvalid"]);
    }

    private IEnumerable<Problem> PasswordProblems(string password)
    {
        if (password.Length == 0)
            yield return new(SetupField.Password, texts["Problem.PasswordMissing"]);
        if (password.Length < identity.Value.Password.RequiredLength)
            yield return new(SetupField.Password, people["Error.PasswordTooShort", identity.Value.Password.RequiredLength]);
        if (password.Length > LongestPassword)
            yield return new(SetupField.Password, settings["Problem.TooLong", password.Length, LongestPassword]);
        if (password == DemoPeople.Password)
            yield return new(SetupField.Password, texts["Problem.PasswordKnown"]);
    }
}
