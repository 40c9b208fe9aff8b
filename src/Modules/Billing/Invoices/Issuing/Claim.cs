using Association.Billing.Ledger;
using Association.Billing.Receivables;
using Association.Events.Contracts;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Letters;

namespace Association.Billing.Invoices.Issuing;

/// <summary>What is to be invoiced, whichever module asks for it.</summary>
/// <param name="Id">Of the charge or the bill; it is invoiced once.</param>
/// <param name="Year">Of dues; null for a service.</param>
/// <param name="Kind">Of dues; null for a service.</param>
/// <param name="Lines">At least one; they add up to <paramref name="Amount"/>.</param>
/// <param name="Amount">Gross; greater than zero.</param>
/// <param name="Ground">What it rests on, as it is printed: „Beitragsordnung vom 12.11.2026“, or the event.</param>
/// <param name="DueOn">Last day of payment, as far as it is not sooner than <paramref name="DaysAfterIssue"/> days after the issue.</param>
/// <param name="DaysAfterIssue">30.</param>
/// <param name="References">What the payer wants to read; null without.</param>
/// <param name="Service">Null for dues.</param>
/// <param name="Income">Where it is income, and the tax in it.</param>
internal sealed record Claim(
    ChargeId Id,
    int? Year,
    DuesKind? Kind,
    IReadOnlyList<ChargeLine> Lines,
    Money Amount,
    string Ground,
    DateOnly DueOn,
    int DaysAfterIssue,
    ChargeReferences? References,
    ServiceContent? Service,
    IReadOnlyList<IncomePart> Income
)
{
    public static Claim Of(RaisedCharge charge) =>
        new(
            charge.Id,
            charge.Year,
            charge.Kind,
            charge.Lines,
            charge.Amount,
            charge.Regulation,
            charge.DueOn,
            charge.DaysAfterIssue,
            charge.References,
            null,
            [new IncomePart(LedgerAccounts.IncomeOf(charge.Kind), charge.Amount)]
        );

    /// <summary>A bill for seats: its tax is taken out of the gross amount of each rate, once and not line by line, so that net and tax add up.</summary>
    public static Claim Of(EventBill bill)
    {
        IReadOnlyList<VatContent> vat =
        [
            .. bill
                .Lines.GroupBy(l => (l.VatPercent, l.NoVat))
                .OrderByDescending(g => g.Key.VatPercent)
                .ThenBy(g => g.Key.NoVat)
                .Select(g => Contained(g.Key.VatPercent, Money.Sum(g.Select(l => l.Amount)), g.Key.NoVat)),
        ];
        var say = LetterLanguage.Of(bill.Payer.Language, typeof(Documents.InvoiceLetterTexts));
        return new(
            bill.Id,
            null,
            null,
            [.. bill.Lines.Select(l => new ChargeLine(l.Text, l.Amount))],
            bill.Amount,
            bill.From == bill.Until
                ? say["Service.Ground", bill.Event, say.Date(bill.From)]
                : say["Service.GroundDays", bill.Event, say.Date(bill.From), say.Date(bill.Until)],
            bill.DueOn,
            bill.DaysAfterIssue,
            bill.Reference is { } reference ? new ChargeReferences(reference, null, null) : null,
            new ServiceContent(bill.From, bill.Until, vat),
            [.. Parts(vat)]
        );
    }

    private static IEnumerable<IncomePart> Parts(IReadOnlyList<VatContent> vat)
    {
        yield return new IncomePart(LedgerAccounts.ServiceIncome, Money.Sum(vat.Select(v => v.Net)));
        if (Money.Sum(vat.Select(v => v.Tax)) is { Amount: > 0 } tax)
            yield return new IncomePart(LedgerAccounts.Vat, tax);
    }

    private static VatContent Contained(decimal percent, Money gross, NoVatReason? reason)
    {
        var tax = new Money(Math.Round(gross.Amount * percent / (100 + percent), 2, MidpointRounding.AwayFromZero));
        return new VatContent(percent, gross - tax, tax, reason);
    }
}
