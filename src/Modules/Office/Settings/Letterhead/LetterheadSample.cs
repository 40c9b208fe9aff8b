using System.Globalization;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Letters;
using Association.Platform.Documents.Qr;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Office.Settings.Letterhead;

/// <summary>A letter with invented content and the association's own letterhead, as a PDF, to be looked at before it is put to use.</summary>
/// <param name="Logo">A logo that was uploaded; null: none.</param>
[Permission(SettingsModule.Read)]
internal sealed record PreviewLetterhead(Guid? Logo) : IQuery<byte[]>;

internal static class PreviewLetterheadHandler
{
    public static async Task<byte[]> HandleAsync(
        PreviewLetterhead query,
        IAssociationProfiles profiles,
        AssociationLogos logos,
        LetterheadSample sample,
        CancellationToken ct
    )
    {
        var logo = query.Logo is { } id ? await logos.FindAsync(id, ct) : null;
        return Letter.Render(sample.Write(await profiles.CurrentAsync(ct) with { LogoId = logo?.Id, Logo = logo }));
    }
}

/// <summary>Writes the sample letter.</summary>
internal sealed class LetterheadSample(TimeProvider clock, IStringLocalizer<SettingsTexts> texts)
{
    private static readonly Money Amount = new(1_234.56m);

    public LetterContent Write(AssociationProfile profile)
    {
        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        var today = clock.Today();
        return new LetterContent(
            texts["Sample.Title"],
            language,
            clock.GetUtcNow(),
            LetterSender.Of(profile, language),
            [texts["Sample.Recipient"], "Musterweg 12", "66111 Saarbrücken"],
            [new LetterFact(texts["Sample.Number"], "0000"), new LetterFact(texts["Sample.Date"], Formats.Of(today))],
            texts["Sample.Subject"],
            [
                new LetterParagraph(texts["Sample.Text"]),
                new LetterTable(
                    [new LetterColumn(texts["Sample.Position"], 4), new LetterColumn(texts["Sample.Amount"], 1, LetterAlignment.Right)],
                    [new LetterRow([texts["Sample.Line"], Formats.Of(Amount)])],
                    [],
                    new LetterFact(texts["Sample.Total"], Formats.Of(Amount), Strong: true)
                ),
                .. Payment(profile),
                new LetterClosing(texts["Sample.Greeting"], [], texts["Sample.Note"]),
            ]
        );
    }

    private IEnumerable<LetterBlock> Payment(AssociationProfile profile)
    {
        if (profile.Iban.Length == 0)
            yield break;
        yield return new LetterPaymentBox(
            texts["Sample.Payment"],
            texts["Sample.PaymentText"],
            [new LetterFact(texts["Field.Iban"], LetterSender.Grouped(profile.Iban)), new LetterFact(texts["Sample.PaymentUse"], "MUSTER 0000")],
            new EpcPayment(profile.Name, profile.Iban, profile.Bic, Amount, "MUSTER 0000"),
            texts["Sample.QrCaption"]
        );
    }
}
