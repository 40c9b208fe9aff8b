using Association.Billing.Receivables;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Letters;
using Association.Platform.Documents.Qr;

namespace Association.Billing.Dunning.Letters;

/// <summary>What a reminder tells.</summary>
/// <param name="Number">Of the letter.</param>
/// <param name="Language">Of the member: <c>de</c>, <c>fr</c>, <c>en</c>.</param>
/// <param name="Date">Of the letter.</param>
/// <param name="PayBy">Last day for the payment.</param>
/// <param name="MemberNumber">Of the debtor.</param>
/// <param name="MemberName">The debtor, also where somebody else gets the letter.</param>
/// <param name="Recipient">What stands in the window.</param>
/// <param name="Level">The highest of its items: title and tone.</param>
/// <param name="Items">What is overdue.</param>
/// <param name="Fees">Open fees, this letter's own the last.</param>
/// <param name="Fee">What this letter costs.</param>
internal sealed record ReminderContent(
    string Number,
    string Language,
    DateOnly Date,
    DateOnly PayBy,
    string MemberNumber,
    string MemberName,
    PrintedAddress Recipient,
    DunningLevel Level,
    IReadOnlyList<RemindedItem> Items,
    IReadOnlyList<OpenFee> Fees,
    Money Fee
)
{
    /// <summary>What the letter asks for.</summary>
    public Money ToPay => Money.Sum(Items.Select(i => i.Open)) + Money.Sum(Fees.Select(f => f.Open));
}

/// <summary>An overdue item.</summary>
internal sealed record RemindedItem(string Number, DateOnly DueOn, Money Amount, Money Open);

/// <summary>A fee that is still open.</summary>
/// <param name="Number">Of the fee.</param>
/// <param name="Letter">Number of the reminder that cost it.</param>
/// <param name="Open">Still to be paid.</param>
internal sealed record OpenFee(string Number, string Letter, Money Open);

/// <summary>A reminder as a letter, in the member's language and the words of its level.</summary>
internal static class ReminderLetter
{
    public static LetterContent Write(ReminderContent content, ReminderWording wording, AssociationProfile association, DateTimeOffset now)
    {
        var say = LetterLanguage.Of(content.Language, typeof(ReminderLetterTexts));
        var subject = ReminderFields.All.Read(wording.Subject).Fill(Value).ReplaceLineEndings(" ");
        var closing = ReminderFields.All.Read(wording.Closing).Fill(Value);
        return new LetterContent(
            $"{subject} {content.Number}",
            say.Code,
            now,
            LetterSender.Of(association, say.Code),
            [.. content.Recipient.InWindow()],
            [
                new LetterFact(say["Fact.Number"], content.Number),
                new LetterFact(say["Fact.Date"], say.Date(content.Date)),
                new LetterFact(say["Fact.MemberNumber"], content.MemberNumber),
                new LetterFact(say["Fact.PayBy"], say.Date(content.PayBy), Strong: true),
            ],
            subject,
            [
                new LetterParagraph(say["Salutation"]),
                .. ReminderFields.All.Paragraphs(wording.Introduction, Value).Select(p => new LetterParagraph(p)),
                Table(content, say),
                .. ReminderFields.All.Paragraphs(wording.Request, Value).Select(p => new LetterParagraph(p, LetterTone.Strong)),
                Transfer(content, association, say),
                new LetterParagraph(say["Crossed"]),
                new LetterClosing(say["Closing.Greeting"], [], closing.Length > 0 ? closing : null),
            ]
        );

        string Value(ReminderField field) =>
            field switch
            {
                ReminderField.Name => content.MemberName,
                ReminderField.Amount => say.Amount(content.ToPay),
                ReminderField.PayBy => say.Date(content.PayBy),
                ReminderField.Fee => say.Amount(content.Fee),
                _ => throw new ArgumentOutOfRangeException(nameof(field)),
            };
    }

    private static LetterTable Table(ReminderContent content, LetterLanguage say) =>
        new(
            [
                new LetterColumn(say["Column.What"], 3),
                new LetterColumn(say["Column.Due"], 1.3),
                new LetterColumn(say["Column.Amount"], 1.4, LetterAlignment.Right),
                new LetterColumn(say["Column.Open"], 1.4, LetterAlignment.Right),
            ],
            [
                .. content.Items.Select(i => new LetterRow([i.Number, say.Date(i.DueOn), say.Amount(i.Amount), say.Amount(i.Open)])),
                .. content.Fees.Select(f => new LetterRow([say["Fee", f.Letter], "", "", say.Amount(f.Open)])),
            ],
            [],
            new LetterFact(say["Sum"], say.Amount(content.ToPay), Strong: true)
        );

    private static LetterPaymentBox Transfer(ReminderContent content, AssociationProfile association, LetterLanguage say)
    {
        // One number that a payment is matched by: the invoice's, as long as nothing else is asked for.
        var text = content is { Items: [var only], Fees: [] } ? $"{only.Number} {content.MemberNumber}" : $"{content.Number} {content.MemberNumber}";
        return new LetterPaymentBox(
            say["Transfer.Heading"],
            say["Transfer.Text"],
            [
                new LetterFact(say["Transfer.Recipient"], association.Name),
                new LetterFact("IBAN", LetterSender.Grouped(association.Iban)),
                new LetterFact("BIC", association.Bic),
                new LetterFact(say["Transfer.Amount"], say.Amount(content.ToPay)),
                new LetterFact(say["Transfer.PaymentText"], text, Strong: true),
            ],
            new EpcPayment(association.Name, association.Iban, association.Bic, content.ToPay, text),
            say["Transfer.QrCaption"]
        );
    }
}
