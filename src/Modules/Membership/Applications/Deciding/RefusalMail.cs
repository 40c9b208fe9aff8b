using Association.Membership.Applications.Form;
using Association.Membership.Applications.Model;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Correspondence;
using Association.Membership.Members.Letters;
using Association.Membership.Members.Model;
using Association.Membership.Members.Record;
using Association.Membership.Members.Templates;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Mail;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Applications.Deciding;

/// <summary>Tells an applicant that the board did not accept, in the language of the application: in the words of the office's template for it, else in those
/// that come with the product. The board's reason is not in it.</summary>
internal sealed class RefusalMail(
    MembershipDb db,
    IOutgoingMails mails,
    IAssociationProfiles profiles,
    TimeProvider clock,
    IStringLocalizer<ApplicationTexts> texts
)
{
    /// <summary>After that it comes too late to be polite; the office sees that it did not leave.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(7);

    /// <summary>Names the one mail of an application, however often it is refused.</summary>
    public static string PurposeOf(Guid application) => $"{ReceivedMail.PurposeOf(application)}.refused";

    /// <summary>What keeps the mail from being written: the template names something that an applicant has not, such as a member number.</summary>
    public async Task<Problem?> ProblemAsync(ApplicationForm form, CancellationToken ct)
    {
        var text = await LetterPurposes.TextAsync(db, LetterPurpose.Refusal, form.Language, ct);
        var holes = text.Holes(await FactsAsync(form, ct), clock.Today()).Select(h => "{" + SerialFields.All.NameOf(h.Field, form.Language) + "}").Distinct();
        return holes.ToList() is { Count: > 0 } named ? new Problem(nameof(ReturnApplication.Tell), texts["Problem.Template", string.Join(", ", named)]) : null;
    }

    /// <summary>Queues it in the running transaction; nothing when it was queued before.</summary>
    public async Task SendAsync(Guid application, ApplicationForm form, CancellationToken ct)
    {
        var text = await LetterPurposes.TextAsync(db, LetterPurpose.Refusal, form.Language, ct);
        var filled = text.Fill(await FactsAsync(form, ct), clock.Today());
        var body = LetterHandOver.TextOf(string.Join("\n\n", filled.Paragraphs), await profiles.CurrentAsync(ct));
        await mails.AddAsync(
            new NewMail(PurposeOf(application), form.ContactName ?? form.Name, form.Email, filled.Subject, body, clock.GetUtcNow() + Patience),
            ct
        );
    }

    private async Task<LetterFacts> FactsAsync(ApplicationForm form, CancellationToken ct)
    {
        var name = MemberDirectory.NameOf(form.Kind, form.Name);
        return new LetterFacts(
            name,
            "",
            (await db.Categories.AsNoTracking().SingleAsync(c => c.Code == form.Category, ct)).NameIn(form.Language),
            new PrintedAddress([name, form.Street], form.PostalCode, form.Town, form.Country),
            form.ContactName
        );
    }
}
