using System.Globalization;
using Association.Platform.Data.Kernel;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Office.Settings.Changes;

/// <summary>Stored values as a person reads them.</summary>
internal static class SettingWords
{
    /// <param name="texts">The settings' texts.</param>
    /// <param name="field">The value's place: <c>FourEyes.WaiverFrom</c>.</param>
    /// <param name="value">As stored; null: none.</param>
    public static string Of(IStringLocalizer<SettingsTexts> texts, string field, string? value) =>
        (field, value) switch
        {
            (_, null) => texts[field.StartsWith("FourEyes.", StringComparison.Ordinal) ? "Value.Never" : "Value.None"],
            (_, "true") => texts["Value.Yes"],
            (_, "false") => texts["Value.No"],
            ("LogoId", _) => texts["Value.Logo"],
            ("Mail.Password", _) => texts["Value.Secret"],
            ("Iban", _) => Formats.Iban(value),
            ("Bookkeeping.Basis" or "Notice.End" or "Settlement.Order" or "Mail.Security", _) => texts["Value." + value],
            _ when IsNumberYear(field) => texts["Value." + value],
            ("Bookkeeping.FiscalYearMonth" or "Due.Month" or "Deadlines.DraftMonth", _) => Month(int.Parse(value, CultureInfo.InvariantCulture)),
            _ when IsMoney(field) => Limit(texts, field, new Money(decimal.Parse(value, CultureInfo.InvariantCulture))),
            _ => value,
        };

    /// <summary>„Januar“.</summary>
    public static string Month(int month) => CultureInfo.CurrentCulture.DateTimeFormat.GetMonthName(month);

    /// <summary>„ab 5.000,00 €“, „immer“, „nie“.</summary>
    public static string Limit(IStringLocalizer<SettingsTexts> texts, Money? limit) =>
        limit is not { } from ? texts["Value.Never"]
        : from == Money.Zero ? texts["Value.Always"]
        : texts["Value.From", Formats.Of(from)];

    private static string Limit(IStringLocalizer<SettingsTexts> texts, string field, Money amount) =>
        field.StartsWith("FourEyes.", StringComparison.Ordinal) ? Limit(texts, amount) : Formats.Of(amount);

    private static bool IsNumberYear(string field) =>
        field.StartsWith("Numbers.", StringComparison.Ordinal) && field.EndsWith(".Year", StringComparison.Ordinal);

    private static bool IsMoney(string field) =>
        field.StartsWith("FourEyes.", StringComparison.Ordinal)
        || field.EndsWith("Fee", StringComparison.Ordinal)
        || field.EndsWith("Difference", StringComparison.Ordinal);
}
