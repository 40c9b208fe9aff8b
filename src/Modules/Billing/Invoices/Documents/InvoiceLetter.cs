using Association.Billing.Receivables;
using Association.Events.Contracts;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Letters;
using Association.Platform.Documents.Qr;

namespace Association.Billing.Invoices.Documents;

/// <summary>Writes the letter of an issued document from its snapshot and the letterhead that it names.</summary>
/// <remarks>
/// Dues are not taxable (sample regulation § 8): no VAT line and no word about VAT; a service tells its tax by rate. A collected invoice shows amount, day, mandate and
/// creditor id, which makes it the pre-notification; it carries no code, which would invite to pay twice (EPC069-12).
/// </remarks>
internal static class InvoiceLetter
{
    /// <param name="content">The snapshot.</param>
    /// <param name="letterhead">The version that the document names.</param>
    /// <param name="issuedAt">The instant of issue: rendering again gives the same bytes.</param>
    public static LetterContent Write(InvoiceContent content, AssociationProfile letterhead, DateTimeOffset issuedAt)
    {
        var say = LetterLanguage.Of(content.Language, typeof(InvoiceLetterTexts));
        var title =
            content.Cancels is { } c ? say[content.Service is null ? "Cancellation.Subject" : "Service.CancellationSubject", c.Number]
            : content.DuesYear is { } year ? say["Invoice.Subject" + KindOf(content), year]
            : say["Service.Subject", content.Regulation];
        return new LetterContent(
            content.Cancels is null
                ? $"{say[content.Service is null ? "Invoice.Title" : "Service.Title"]} {content.Number}"
                : $"{say["Cancellation.Title"]} {content.Number}",
            say.Code,
            issuedAt,
            LetterSender.Of(letterhead, say.Code),
            [.. content.Recipient.InWindow()],
            [.. Facts(content, say)],
            title,
            [
                .. content.Cancels is { } cancels ? CancellationBody(content, cancels, say) : InvoiceBody(content, content.Payment!, letterhead, say),
                Closing(say),
            ]
        );
    }

    private static IEnumerable<LetterFact> Facts(InvoiceContent content, LetterLanguage say)
    {
        yield return new LetterFact(content.Cancels is null ? say["Fact.Number"] : say["Fact.CancellationNumber"], content.Number);
        yield return new LetterFact(say["Fact.Date"], say.Date(content.IssuedOn));
        if (content.Service is { } service)
            yield return new LetterFact(
                say["Fact.Supply"],
                service.From == service.Until ? say.Date(service.From) : say["Fact.SupplyDays", say.Date(service.From), say.Date(service.Until)]
            );
        yield return new LetterFact(say[content.Service is null ? "Fact.MemberNumber" : "Fact.AccountNumber"], content.MemberNumber);
        if (content.BuyerReference is { } reference)
            yield return new LetterFact(say["Fact.YourReference"], reference);
        if (content.PurchaseOrder is { } order)
            yield return new LetterFact(say["Fact.PurchaseOrder"], order);
        if (content.LeitwegId is { } leitweg)
            yield return new LetterFact(say["Fact.LeitwegId"], leitweg);
        if (content.ToPay == Money.Zero)
            yield break;
        if (content.Payment is { Route: PaymentRoute.Transfer } transfer)
            yield return new LetterFact(say["Fact.DueOn"], say.Date(transfer.DueOn), Strong: true);
        if (content.Payment is { CollectOn: { } day })
            yield return new LetterFact(say["Fact.CollectOn"], say.Date(day), Strong: true);
    }

    private static IEnumerable<LetterBlock> InvoiceBody(InvoiceContent content, PaymentContent payment, AssociationProfile association, LetterLanguage say)
    {
        yield return new LetterParagraph(say["Salutation"]);
        if (content.Edition is { } edition)
            yield return new LetterParagraph(
                say["Edition.Introduction", edition.Number, say.Date(edition.IssuedOn), say.Date(content.IssuedOn)],
                LetterTone.Strong
            );
        yield return new LetterParagraph(
            content.DuesYear is { } year
                ? say["Invoice.Introduction" + KindOf(content), content.MemberName, year, content.Regulation]
                : say["Service.Introduction", content.MemberName, content.Regulation]
        );
        yield return Table(
            content,
            say["Table.ToPay"],
            content.ToPay,
            [
                .. Tax(content, say),
                .. content.SetOff is { } paid ? [new LetterFact(say["Table.SetOff", paid.Invoice], say.Amount(-paid.Amount))] : (LetterFact[])[],
            ],
            say
        );
        foreach (var reason in content.Service?.Vat.Select(v => v.Reason).OfType<NoVatReason>() ?? [])
            yield return new LetterParagraph(say[$"Service.NoVat.{reason}"]);
        if (content.ToPay == Money.Zero)
            yield return new LetterParagraph(say["Invoice.NothingToPay"], LetterTone.Strong);
        else
            yield return payment.Route == PaymentRoute.DirectDebit
                ? Collection(content, payment, association, say)
                : Transfer(content, payment, association, say);
    }

    private static IEnumerable<LetterBlock> CancellationBody(InvoiceContent content, CancelledContent cancels, LetterLanguage say)
    {
        yield return new LetterParagraph(say["Salutation"]);
        yield return new LetterParagraph(
            say[
                content.Service is null ? "Cancellation.Introduction" : "Service.CancellationIntroduction",
                cancels.Number,
                say.Date(cancels.IssuedOn),
                content.MemberName
            ]
        );
        yield return new LetterParagraph(say["Cancellation.Reason", cancels.Reason]);
        yield return Table(content, say["Table.Cancelled"], content.Amount, [.. Tax(content, say)], say);
        if (cancels.ReplacedBy is { } replacedBy)
            yield return new LetterParagraph(say[content.Service is null ? "Cancellation.ReplacedBy" : "Service.ReplacedBy", replacedBy]);
        if (cancels.SetOff > Money.Zero)
            yield return new LetterParagraph(
                say["Cancellation.SetOff", say.Amount(cancels.Credit + cancels.SetOff), say.Amount(cancels.SetOff), cancels.ReplacedBy!]
            );
        yield return cancels switch
        {
            { SetOff.Amount: > 0, Credit.Amount: > 0 } => new LetterParagraph(say["Cancellation.Rest", say.Amount(cancels.Credit)], LetterTone.Strong),
            { Credit.Amount: > 0 } => new LetterParagraph(say["Cancellation.Credit", say.Amount(cancels.Credit)], LetterTone.Strong),
            _ => new LetterParagraph(say["Cancellation.NothingToPay"], LetterTone.Strong),
        };
    }

    // The annual dues are the plain case; admission fee and levy have words of their own.
    private static string KindOf(InvoiceContent content) =>
        content.Kind switch
        {
            DuesKind.Admission => ".Admission",
            DuesKind.Levy => ".Levy",
            _ => "",
        };

    // Net and tax of each rate; without tax there is nothing to tell apart.
    private static IEnumerable<LetterFact> Tax(InvoiceContent content, LetterLanguage say)
    {
        foreach (var part in content.Service?.Vat.Where(v => v.Percent > 0) ?? [])
        {
            yield return new LetterFact(say["Table.Net", say.Percent(part.Percent / 100)], say.Amount(part.Net));
            yield return new LetterFact(say["Table.Vat", say.Percent(part.Percent / 100)], say.Amount(part.Tax));
        }
    }

    private static LetterTable Table(InvoiceContent content, string total, Money sum, IReadOnlyList<LetterFact> subtotals, LetterLanguage say) =>
        new(
            [new LetterColumn(say["Table.Text"], 4), new LetterColumn(say["Table.Amount"], 1, LetterAlignment.Right)],
            [.. content.Lines.Select(line => new LetterRow([line.Text, say.Amount(line.Amount)]))],
            subtotals,
            new LetterFact(total, say.Amount(sum), Strong: true)
        );

    private static LetterPaymentBox Transfer(InvoiceContent content, PaymentContent payment, AssociationProfile association, LetterLanguage say) =>
        new(
            say["Transfer.Heading"],
            say["Transfer.Text", say.Amount(content.ToPay), say.Date(payment.DueOn)],
            [
                new LetterFact(say["Transfer.Recipient"], association.Name),
                new LetterFact("IBAN", LetterSender.Grouped(association.Iban)),
                new LetterFact("BIC", association.Bic),
                new LetterFact(say["Transfer.Amount"], say.Amount(content.ToPay)),
                new LetterFact(say["Transfer.PaymentText"], payment.Text, Strong: true),
            ],
            new EpcPayment(association.Name, association.Iban, association.Bic, content.ToPay, payment.Text),
            say["Transfer.QrCaption"]
        );

    private static LetterPaymentBox Collection(InvoiceContent content, PaymentContent payment, AssociationProfile association, LetterLanguage say) =>
        new(
            say["Collection.Heading"],
            say["Collection.Text", say.Amount(content.ToPay), say.Date(payment.CollectOn!.Value)],
            [
                new LetterFact(say["Collection.Amount"], say.Amount(content.ToPay)),
                new LetterFact(say["Collection.Day"], say.Date(payment.CollectOn.Value), Strong: true),
                new LetterFact(say["Collection.Account"], Shortened(payment.Iban!)),
                new LetterFact(say["Collection.Mandate"], payment.MandateReference!),
                new LetterFact(say["Collection.CreditorId"], association.CreditorId),
            ]
        );

    private static LetterClosing Closing(LetterLanguage say) => new(say["Closing.Greeting"], [], say["Closing.Note"]);

    // The debtor recognises the account; who finds the letter learns nothing to misuse.
    private static string Shortened(string iban) => $"{iban[..4]} … {iban[^4..]}";
}
