using System.Globalization;
using Association.Membership.Contracts;
using Association.Membership.Import.Mapping;
using Association.Platform.Data.Kernel;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Import.Pages;

/// <summary>Fields and their values in the reader's language.</summary>
internal static class FieldNames
{
    public static string Of(IStringLocalizer<ImportTexts> texts, MemberField field, int? year = null) =>
        year is { } named ? texts["Field.PriorDuesOf", named] : texts["Field." + field];

    /// <summary>A value of a change as pages write it.</summary>
    public static string Value(IStringLocalizer<ImportTexts> texts, MemberField field, object value) =>
        value switch
        {
            DateOnly date => Formats.Of(date),
            Money money => Formats.Of(money),
            int number => Formats.Number(number),
            PaymentRoute route => texts["Route." + route],
            string code when field == MemberField.Category => texts["Category." + code],
            string iban when field == MemberField.Iban => Formats.Iban(iban),
            _ => Convert.ToString(value, CultureInfo.CurrentCulture) ?? "",
        };
}
