using Association.Office.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Letters;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Localization;

namespace Association.Office.People.Invitations;

/// <summary>The invitation on paper: link as QR code, and address and code to be typed.</summary>
internal static class InvitationLetter
{
    /// <summary>Where the form with the code is posted to: an address of a GET would keep the code in logs and in the browser's history.</summary>
    public const string Route = OfficePages.People + "/invitation.pdf";

    /// <summary>The field that holds the code.</summary>
    public const string Field = "Code";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(
            Route,
            [RequirePermission(IdentityModule.EditPeople)]
            async (
                HttpContext context,
                IAntiforgery antiforgery,
                IMessageBus bus,
                IAssociationProfiles profiles,
                TimeProvider clock,
                IStringLocalizer<InvitationTexts> texts,
                CancellationToken ct
            ) =>
            {
                await antiforgery.ValidateRequestAsync(context);
                var code = (await context.Request.ReadFormAsync(ct))[Field].ToString();
                if (await bus.QueryAsync(new ReadInvitation(code), ct) is not { State: InvitationState.Open } invitation)
                    return Results.NotFound();
                var profile = await profiles.CurrentAsync(ct);
                var site = $"{context.Request.Scheme}://{context.Request.Host}";
                var pdf = InvitationMail.InLanguage(
                    invitation.Language,
                    () => Letter.Render(Content(invitation, code, site, profile, clock.GetUtcNow(), texts))
                );
                return Results.File(pdf, "application/pdf");
            }
        );

    private static LetterContent Content(
        OpenedInvitation invitation,
        string code,
        string site,
        AssociationProfile profile,
        DateTimeOffset now,
        IStringLocalizer texts
    ) =>
        new(
            texts["Letter.Subject"],
            invitation.Language,
            now,
            LetterSender.Of(profile, invitation.Language),
            [invitation.Name],
            [
                new LetterFact(texts["Letter.Date"], Formats.Of(now.ToBusinessDate())),
                new LetterFact(texts["Letter.ValidUntil"], Formats.Of(invitation.ValidUntil.ToBusinessDate()), Strong: true),
            ],
            texts["Letter.Subject"],
            [
                new LetterParagraph(texts["Letter.Salutation", invitation.Name]),
                new LetterParagraph(invitation.HasPassword ? texts["Letter.Again", profile.Name] : texts["Letter.First", profile.Name]),
                new LetterLinkBox(
                    texts["Letter.BoxTitle"],
                    texts["Letter.BoxText"],
                    [
                        new LetterFact(texts["Letter.Address"], site + OfficePages.Invitation),
                        new LetterFact(texts["Letter.Code"], code, Strong: true),
                        new LetterFact(texts["Letter.Login"], invitation.Login),
                    ],
                    $"{site}{OfficePages.Invitation}?code={code}",
                    texts["Letter.Scan"]
                ),
                new LetterParagraph(texts["Letter.Once", Formats.Of(invitation.ValidUntil)]),
                new LetterParagraph(texts["Letter.Secret"]),
                new LetterClosing(texts["Letter.Greeting"], [profile.Name]),
            ]
        );
}
