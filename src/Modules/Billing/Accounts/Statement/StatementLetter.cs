using Association.Billing.Ledger;
using Association.Membership.Contracts;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Letters;
using Association.Platform.Documents.Qr;

namespace Association.Billing.Accounts.Statement;

/// <summary>A statement as a letter to the member, in the member's language.</summary>
internal static class StatementLetter
{
    /// <param name="statement">What it tells.</param>
    /// <param name="association">The letterhead of today: a statement is information, not an issued document.</param>
    /// <param name="today">Date of the letter.</param>
    /// <param name="now">The instant in the file's metadata.</param>
    /// <param name="number">Of a statement that is made to be sent; null: it is only looked at.</param>
    public static LetterContent Write(AccountStatement statement, AssociationProfile association, DateOnly today, DateTimeOffset now, string? number = null)
    {
        var (holder, say) = (statement.Holder, LetterLanguage.Of(statement.Holder.Language, typeof(StatementLetterTexts)));
        var title = say["Title", holder.Number];
        var period = statement.From is { } from ? say["Period", say.Date(from), say.Date(statement.To)] : say["Until", say.Date(statement.To)];
        return new LetterContent(
            title,
            say.Code,
            now,
            LetterSender.Of(association, say.Code),
            [.. holder.Recipient.InWindow()],
            [
                new LetterFact(say["Fact.Date"], say.Date(today)),
                .. number is null ? Array.Empty<LetterFact>() : [new LetterFact(say["Fact.Number"], number)],
                new LetterFact(say["Fact.MemberNumber"], holder.Number),
                new LetterFact(say["Fact.Balance"], say.Amount(statement.After), Strong: true),
            ],
            say["Subject"],
            [
                new LetterParagraph(say["Salutation"]),
                new LetterParagraph(say["Introduction", holder.Name, period]),
                Movements(statement, say),
                .. ToPay(statement, association, today, say),
                new LetterClosing(say["Closing.Greeting"], [], say["Closing.Note"]),
            ]
        );
    }

    private static LetterTable Movements(AccountStatement statement, LetterLanguage say)
    {
        var rows = new List<LetterRow>();
        if (statement.From is { } from)
            rows.Add(new LetterRow([say.Date(from), say["Brought"], "", "", say.Amount(statement.Before)]));
        rows.AddRange(
            statement.Lines.Select(line => new LetterRow([
                say.Date(line.BookedOn),
                What(line, say),
                Amount(line.Debit, say),
                Amount(line.Credit, say),
                say.Amount(line.Balance),
            ]))
        );
        if (rows.Count == 0)
            rows.Add(new LetterRow([say.Date(statement.To), say["NoLines"], "", "", say.Amount(statement.After)]));
        return new LetterTable(
            [
                new LetterColumn(say["Column.Date"], 1.25),
                new LetterColumn(say["Column.What"], 3.2),
                new LetterColumn(say["Column.Debit"], 1.35, LetterAlignment.Right),
                new LetterColumn(say["Column.Credit"], 1.35, LetterAlignment.Right),
                new LetterColumn(say["Column.Balance"], 1.45, LetterAlignment.Right),
            ],
            rows,
            [],
            new LetterFact(say[statement.After < Money.Zero ? "Total.Credit" : "Total", say.Date(statement.To)], say.Amount(statement.After), Strong: true)
        );
    }

    // What the bank or the office noted on a payment stays in the office; what was taken over has no other name than the list's.
    private static string What(StatementLine line, LetterLanguage say)
    {
        var what = say["Kind." + EnumText.Of(line.Kind)];
        var named =
            line.Kind is PostingKind.Opening or PostingKind.OpeningUndo ? $"{what}: {line.Text}"
            : line.Number is { } number ? $"{what} {number}"
            : what;
        var dated = line.DatedOn == line.BookedOn ? named : $"{named} ({say["Dated", say.Date(line.DatedOn)]})";
        return line.Late > Money.Zero ? $"{dated}, {say["Late", say.Amount(line.Late)]}" : dated;
    }

    // Only a statement up to today says what to pay: that of a past period would ask for money that came since.
    private static IEnumerable<LetterBlock> ToPay(AccountStatement statement, AssociationProfile association, DateOnly today, LetterLanguage say)
    {
        if (statement.To < today || statement.Open.Count == 0)
            yield break;
        yield return new LetterHeading(say["Open.Heading"]);
        yield return new LetterTable(
            [
                new LetterColumn(say["Column.What"], 3),
                new LetterColumn(say["Column.Due"], 1.2),
                new LetterColumn(say["Column.Route"], 1.6),
                new LetterColumn(say["Column.Open"], 1.4, LetterAlignment.Right),
            ],
            [
                .. statement.Open.Select(o => new LetterRow([
                    o.IsFee ? say["Fee", o.Origin!] : o.Origin ?? o.Number,
                    say.Date(o.DueOn),
                    say["Route." + o.Route],
                    say.Amount(o.Open),
                ])),
            ],
            [],
            new LetterFact(say["Open.Sum"], say.Amount(statement.OpenSum), Strong: true)
        );
        var transfer = Money.Sum(statement.Open.Where(o => o.Route == PaymentRoute.Transfer).Select(o => o.Open)) - statement.Credit;
        if (transfer > Money.Zero)
            yield return Transfer(statement, transfer, association, say);
    }

    private static LetterPaymentBox Transfer(AccountStatement statement, Money amount, AssociationProfile association, LetterLanguage say)
    {
        var transfers = statement.Open.Where(o => o.Route == PaymentRoute.Transfer).ToList();
        var text = transfers is [var only] ? $"{only.Number} {statement.Holder.Number}" : say["PaymentText", statement.Holder.Number];
        return new LetterPaymentBox(
            say["Transfer.Heading"],
            say[statement.Credit > Money.Zero ? "Transfer.TextLessCredit" : "Transfer.Text", say.Amount(amount), say.Amount(statement.Credit)],
            [
                new LetterFact(say["Transfer.Recipient"], association.Name),
                new LetterFact("IBAN", LetterSender.Grouped(association.Iban)),
                new LetterFact("BIC", association.Bic),
                new LetterFact(say["Transfer.PaymentText"], text, Strong: true),
            ],
            new EpcPayment(association.Name, association.Iban, association.Bic, amount, text),
            say["Transfer.QrCaption"]
        );
    }

    private static string Amount(Money amount, LetterLanguage say) => amount == Money.Zero ? "" : say.Amount(amount);
}
