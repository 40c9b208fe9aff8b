using System.Globalization;
using Association.Office.Contracts;
using Association.Office.People.Data;
using Association.Platform.Data.Settings;
using Association.Platform.Mail;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Office.People.Invitations;

/// <summary>The invitation as a mail, in the language of whom it is for.</summary>
internal static class InvitationMail
{
    /// <summary>Names the one mail of an invitation.</summary>
    public static string PurposeOf(Guid invitation) => $"invitation:{invitation}";

    public static NewMail For(
        Invitation invitation,
        Person person,
        string code,
        string site,
        AssociationProfile profile,
        IStringLocalizer<InvitationTexts> texts
    ) =>
        InLanguage(
            person.Language,
            () =>
                new NewMail(
                    PurposeOf(invitation.Id),
                    person.DisplayName,
                    person.Email!,
                    texts["Mail.Subject", profile.Name],
                    string.Join(
                        "\n\n",
                        [
                            texts["Letter.Salutation", person.DisplayName],
                            person.PasswordHash is not null ? texts["Mail.Again", profile.Name] : texts["Mail.First", profile.Name],
                            $"{site}{OfficePages.Invitation}?code={code}",
                            $"{texts["Letter.Login"]}: {person.UserName}",
                            texts["Mail.Once", Formats.Of(invitation.ValidUntil)],
                            texts["Mail.Secret"],
                            texts["Letter.Greeting"],
                            profile.Signature(),
                        ]
                    ),
                    invitation.ValidUntil
                )
        );

    /// <summary>Letters and mails speak the language of whom they are for, not of whom they are issued by.</summary>
    public static T InLanguage<T>(string language, Func<T> make)
    {
        var (format, words) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture =
                Cultures.All.FirstOrDefault(c => c.TwoLetterISOLanguageName == language) ?? Cultures.All[0];
            return make();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (format, words);
        }
    }
}
