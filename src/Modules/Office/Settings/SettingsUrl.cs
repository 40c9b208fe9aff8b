using Association.Office.Contracts;
using Association.Platform.Web.Components;

namespace Association.Office.Settings;

/// <summary>Addresses of the settings.</summary>
internal static class SettingsUrl
{
    public const string Overview = OfficePages.Settings;
    public const string Association = Overview + "/association";
    public const string Accounts = Overview + "/accounts";
    public const string NewAccount = Accounts + "/new";
    public const string ChangeAccount = Accounts + "/change";
    public const string Letterhead = Overview + "/letterhead";
    public const string Preview = Letterhead + "/preview.pdf";
    public const string Logos = Overview + "/logos";
    public const string Office = Overview + ShellPages.Today;
    public const string Numbers = Overview + "/numbers";
    public const string Claims = Overview + "/claims";
    public const string Deadlines = Overview + "/deadlines";
    public const string FourEyes = Overview + "/four-eyes";
    public const string Mail = Overview + "/mail";

    /// <summary>The letterhead as a PDF with this logo; null: without one.</summary>
    public static string PreviewOf(Guid? logo) => $"{Preview}?logo={logo?.ToString() ?? "none"}";

    /// <summary>Any logo, for those who may read settings.</summary>
    public static string Logo(Guid id) => $"{Logos}/{id}";
}
