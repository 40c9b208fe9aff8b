using Association.Platform.Web.Components;
using Association.Platform.Web.Localisation;

namespace Association.Office.People.Account;

/// <summary>The languages, each named in itself.</summary>
internal static class LanguageOptions
{
    public static readonly IReadOnlyList<SelectOption> All =
    [
        .. Cultures.All.Select(c => new SelectOption(c.TwoLetterISOLanguageName, char.ToUpper(c.Parent.NativeName[0], c) + c.Parent.NativeName[1..])),
    ];
}
