using System.Globalization;
using Association.Office.Settings.Changes;
using Association.Platform.Data.Settings;
using Association.Platform.Messaging;
using Association.Platform.Web.Theming;
using Microsoft.Extensions.Localization;

namespace Association.Office.Settings.Letterhead;

/// <summary>Puts a colour of the association's own to use: on pages at once, on letters and workbooks from the next one on.</summary>
/// <param name="Seen">The version that the page showed.</param>
/// <param name="Color"><c>#7b1f57</c>; null: that of the product.</param>
[Permission(SettingsModule.Edit)]
internal sealed record UseColor(int Seen, string? Color) : ICommand;

internal static class UseColorHandler
{
    public static Problem? Validate(UseColor command, IStringLocalizer<SettingsTexts> texts) =>
        command.Color is not { } typed ? null
        : !AccentColor.TryParse(typed, out var color) ? new("Color", texts["Problem.Color"])
        : AccentPalette.Fits(color) ? null
        : new(
            "Color",
            texts["Problem.ColorContrast", Ratio(color.ContrastTo(AccentColor.White)), Ratio(AccentColor.LeastContrast), AccentPalette.Nearest(color)]
        );

    public static Task HandleAsync(UseColor command, SettingsEdits edits, CancellationToken ct) =>
        edits.SaveAsync(
            command.Seen,
            SettingsGroup.Letterhead,
            (AssociationProfile profile) => profile with { Color = AccentColor.TryParse(command.Color, out var color) ? color.ToString() : null },
            ct
        );

    // Rounded down, so that what is refused never reads as what is asked for.
    private static string Ratio(double contrast) => (Math.Floor(contrast * 10) / 10).ToString("0.0", CultureInfo.CurrentCulture);
}
