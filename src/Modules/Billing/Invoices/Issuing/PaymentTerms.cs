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
    public static PaymentContent Of(Claim claim, RefreshedAccount account, DateOnly issuedOn, string number)
    {
        var afterIssue = issuedOn.AddDays(claim.DaysAfterIssue);
        var due = claim.DueOn > afterIssue ? claim.DueOn : afterIssue;
        var text = $"{number} {account.Debtor.Number}";
        // A mandate was given for dues: a service is paid by transfer, unless the mandate says more.
        return claim.Service is null && account.Route == PaymentRoute.DirectDebit
            ? new PaymentContent(PaymentRoute.DirectDebit, due, text, account.Debtor.Iban, account.Debtor.MandateReference, TargetCalendar.SameOrNext(due))
            : new PaymentContent(PaymentRoute.Transfer, due, text, null, null, null);
    }
}
