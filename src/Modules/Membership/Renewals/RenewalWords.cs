using System.Globalization;
using Association.Membership.Members;
using Association.Membership.Members.Categories;
using Association.Membership.Members.Letters;
using Association.Membership.Members.Model;
using Association.Platform.Data;
using Association.Platform.Documents.Letters;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Renewals;

/// <summary>What is said about something that ends: on pages in the reader's language, in a letter in the member's.</summary>
internal static class RenewalWords
{
    /// <summary>„50 %“, „Geschäftsführerin Dr. Anna Roth“, „wird Krankenkassen“, or nothing.</summary>
    public static string Detail(
        Renewal renewal,
        IReadOnlyList<Category> categories,
        IStringLocalizer<MembersTexts> members,
        IStringLocalizer<RenewalTexts> texts
    ) =>
        renewal.Key.Kind switch
        {
            RenewalKind.Exit when renewal.Detail.Length > 0 => members["Reason." + EnumText.Parse<LeavingReason>(renewal.Detail)],
            RenewalKind.Category => texts["Detail.Category", categories.NameOf(renewal.Detail)],
            RenewalKind.Reduction => Formats.Percent(Percent(renewal.Detail), 0),
            RenewalKind.Function when renewal.Detail.Split('\n') is [var kind, var title, var holder] =>
                $"{(title.Length > 0 ? title : members["Function." + EnumText.Parse<FunctionKind>(kind)].Value)}: {holder}",
            _ => renewal.Detail,
        };

    /// <summary>What a letter about it begins with, in the member's language.</summary>
    public static SerialText Letter(Renewal renewal, IReadOnlyList<Category> categories)
    {
        var say = LetterLanguage.Of(renewal.Language, typeof(RenewalTexts));
        var detail = renewal.Key.Kind switch
        {
            RenewalKind.Category => categories.FirstOrDefault(c => c.Code == renewal.Detail)?.NameIn(renewal.Language) ?? renewal.Detail,
            RenewalKind.Reduction => say.Percent(Percent(renewal.Detail)),
            RenewalKind.Function => renewal.Detail.Split('\n')[^1],
            _ => renewal.Detail,
        };
        var day = say.Date(renewal.Key.Deadline);
        return new SerialText(
            say[$"Letter.{renewal.Key.Kind}.Subject", day],
            string.Join("\n\n", say["Letter.Salutation"], say[$"Letter.{renewal.Key.Kind}.Body", day, detail], say["Letter.Greeting"]),
            renewal.Language
        );
    }

    private static decimal Percent(string stored) => decimal.Parse(stored, CultureInfo.InvariantCulture) / 100;
}
