using Association.Office.Settings.Changes;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Office.Settings.Profile;

/// <summary>Name, address, contact and register of the association; a new version, which the next documents carry.</summary>
/// <param name="Seen">The version that the form was filled with.</param>
/// <param name="Data">What shall hold.</param>
[Permission(SettingsModule.Edit)]
internal sealed record ChangeAssociation(int Seen, AssociationData Data) : ICommand;

/// <summary>What the association says of itself, besides bank details and logo; see <see cref="AssociationProfile"/>.</summary>
internal sealed record AssociationData(
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
    string TaxNumber
)
{
    public static AssociationData Of(AssociationProfile p) =>
        new(p.Name, p.ShortName, p.Street, p.PostalCode, p.Town, p.Email, p.Phone, p.Website, p.RegisterEntry, p.BoardLine, p.TaxNumber);

    public AssociationProfile Over(AssociationProfile profile) =>
        profile with
        {
            Name = Name,
            ShortName = ShortName,
            Street = Street,
            PostalCode = PostalCode,
            Town = Town,
            Email = Email,
            Phone = Phone,
            Website = Website,
            RegisterEntry = RegisterEntry,
            BoardLine = BoardLine,
            TaxNumber = TaxNumber,
        };

    /// <summary>What is missing before letters may go out; names of fields.</summary>
    public static IEnumerable<string> Missing(AssociationProfile p)
    {
        if (p.Name.Length == 0 || p.Name == FirstProfiles.Own.Name)
            yield return nameof(Name);
        if (p.Street.Length == 0)
            yield return nameof(Street);
        if (p.PostalCode.Length == 0 || p.Town.Length == 0)
            yield return nameof(Town);
        if (p.Email.Length == 0)
            yield return nameof(Email);
        if (p.Iban.Length == 0)
            yield return nameof(AssociationProfile.Iban);
    }
}

internal static class ChangeAssociationHandler
{
    private const int Longest = 120;
    private const int LongestShortName = 24;

    public static Task<AssociationProfile> LoadAsync(ChangeAssociation _, IAssociationProfiles profiles, CancellationToken ct) => profiles.CurrentAsync(ct);

    public static IEnumerable<Problem> Validate(ChangeAssociation command, AssociationProfile current, IStringLocalizer<SettingsTexts> texts)
    {
        var data = command.Data;
        // A new installation may fill its address in bit by bit; once there, it stays.
        (string Field, string Value, string Former)[] required =
        [
            (nameof(data.Name), data.Name, "*"),
            (nameof(data.ShortName), data.ShortName, "*"),
            (nameof(data.Street), data.Street, current.Street),
            (nameof(data.PostalCode), data.PostalCode, current.PostalCode),
            (nameof(data.Town), data.Town, current.Town),
        ];
        foreach (var (field, _, _) in required.Where(r => r.Value.Length == 0 && r.Former.Length > 0))
            yield return new(field, texts["Problem.Missing"]);
        (string Field, string Value)[] all =
        [
            .. required.Select(r => (r.Field, r.Value)),
            (nameof(data.Phone), data.Phone),
            (nameof(data.Website), data.Website),
            (nameof(data.RegisterEntry), data.RegisterEntry),
            (nameof(data.BoardLine), data.BoardLine),
            (nameof(data.TaxNumber), data.TaxNumber),
        ];
        foreach (var (field, value) in all.Where(r => r.Value.Length > Longest))
            yield return new(field, texts["Problem.TooLong", value.Length, Longest]);
        if (data.ShortName.Length is > LongestShortName and <= Longest)
            yield return new(nameof(data.ShortName), texts["Problem.TooLong", data.ShortName.Length, LongestShortName]);
        if (data.PostalCode.Length > 0 && (data.PostalCode.Length != 5 || !data.PostalCode.All(char.IsAsciiDigit)))
            yield return new(nameof(data.PostalCode), texts["Problem.PostalCode"]);
        if (data.Email.Length > 0 && !EmailAddress.TryParse(data.Email, out _, out _))
            yield return new(nameof(data.Email), texts["Problem.Email"]);
        if (data.Website.Contains("://", StringComparison.Ordinal))
            yield return new(nameof(data.Website), texts["Problem.Website"]);
    }

    public static Task HandleAsync(ChangeAssociation command, AssociationProfile _, SettingsEdits edits, CancellationToken ct) =>
        edits.SaveAsync(command.Seen, SettingsGroup.Association, (AssociationProfile profile) => command.Data.Over(profile), ct);
}
