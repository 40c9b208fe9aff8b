using Association.Billing.Accounts;
using Association.Billing.Receivables;
using Association.Membership.Contracts;

namespace Association.Billing.Invoices.Issuing;

/// <summary>When and how a charge that is invoiced today is paid.</summary>
internal static class PaymentTerms
{
    /// <summary>The terms, to be frozen with the invoice.</summary>
    /// <remarks>
    /// Due on the regulation's day; charged late, its days after issue (sample regulation § 1). A collection that would fall on a day
    /// on which TARGET is closed moves to the next open one (§ 6, EPC130-08).
    /// </remarks>
    public static PaymentContent Of(RaisedCharge charge, RefreshedAccount account, DateOnly issuedOn, string number)
    {
        var afterIssue = issuedOn.AddDays(charge.DaysAfterIssue);
        var due = charge.DueOn > afterIssue ? charge.DueOn : afterIssue;
        var text = $"{number} {account.Card.Number}";
        return account.Route == PaymentRoute.DirectDebit
            ? new PaymentContent(PaymentRoute.DirectDebit, due, text, account.Card.Iban, account.Card.MandateReference, TargetCalendar.SameOrNext(due))
            : new PaymentContent(PaymentRoute.Transfer, due, text, null, null, null);
    }
}
