using Association.Office.People.Data;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Mail;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Office.People.Invitations;

/// <summary>Tells a person by mail that somebody else makes or changes the access, where there is an address and a server.</summary>
internal sealed class AccessNotice(
    IOutgoingMails mails,
    IAssociationProfiles profiles,
    CurrentUser user,
    TimeProvider clock,
    IStringLocalizer<InvitationTexts> texts
)
{
    private static readonly TimeSpan Useful = TimeSpan.FromDays(3);

    public async Task SendAsync(Person person, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(person.Email) || user.Actor.Id?.Value == person.Id || !await mails.HasServerAsync(ct))
            return;
        var (now, profile) = (clock.GetUtcNow(), await profiles.CurrentAsync(ct));
        await mails.AddAsync(
            InvitationMail.InLanguage(
                person.Language,
                () =>
                    new NewMail(
                        $"access:{Guid.CreateVersion7()}",
                        person.DisplayName,
                        person.Email,
                        texts["Access.Subject", profile.Name],
                        string.Join(
                            "\n\n",
                            texts["Letter.Salutation", person.DisplayName].Value,
                            texts["Access.Text", Formats.Of(now), user.Actor.Name].Value,
                            texts["Access.What"].Value,
                            texts["Letter.Greeting"].Value,
                            profile.Name
                        ),
                        now + Useful
                    )
            ),
            ct
        );
    }
}
