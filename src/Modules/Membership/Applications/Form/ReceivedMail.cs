using Association.Membership.Applications.Model;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Letters;
using Association.Platform.Mail;

namespace Association.Membership.Applications.Form;

/// <summary>Confirms to the applicant that the application arrived, once, in the language of the application.</summary>
internal static class ReceivedMail
{
    /// <summary>After that a confirmation only surprises.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    /// <summary>Names the one mail of an application.</summary>
    public static string PurposeOf(Guid application) => $"membership-application:{application}";

    public static NewMail For(Guid id, int number, ApplicationForm form, ApplicationTerms terms, AssociationProfile association, DateTimeOffset now)
    {
        var say = LetterLanguage.Of(form.Language, typeof(ApplicationTexts));
        string[] paragraphs =
        [
            say["Mail.Salutation"],
            say["Mail.Received", association.Name, form.Name, terms.Find(form.Category)!.Category.NameIn(form.Language), number],
            .. terms
                .Expect(form.Category, form.Value, form.JoinsOn)
                .Select(e => say["Mail.Dues", e.Year.ToString(System.Globalization.CultureInfo.InvariantCulture), say.Amount(e.Amount)]),
            say["Mail.Next"],
            say["Mail.NotYou", association.Email],
            say["Mail.Greeting"],
            association.Signature(),
        ];
        return new NewMail(
            PurposeOf(id),
            form.ContactName ?? form.Name,
            form.Email,
            say["Mail.Subject", association.Name],
            string.Join("\n\n", paragraphs),
            now + Patience
        );
    }
}
