using Association.Membership.Contracts;
using Association.Platform.Data.Settings;

namespace Association.Billing.Ledger;

/// <summary>The accounts of the ledger, by their codes in <c>billing.ledger_account</c>.</summary>
internal static class LedgerAccounts
{
    /// <summary>What members owe, per member account and invoice.</summary>
    public const string Receivables = "receivables";

    /// <summary>What the association owes to members: overpaid, or paid on a cancelled invoice.</summary>
    public const string Credit = "credit";

    /// <summary>Money that came in.</summary>
    public const string Bank = "bank";

    /// <summary>The other side of what was taken over from the books kept before.</summary>
    public const string Opening = "opening";

    /// <summary>Claimed annual dues.</summary>
    public const string DuesIncome = "dues_income";

    /// <summary>Claimed admission fees.</summary>
    public const string AdmissionIncome = "admission_income";

    /// <summary>Claimed levies.</summary>
    public const string LevyIncome = "levy_income";

    /// <summary>Claimed services, without tax.</summary>
    public const string ServiceIncome = "service_income";

    /// <summary>Tax in what was claimed.</summary>
    public const string Vat = "vat";

    /// <summary>Fees of reminders.</summary>
    public const string FeeIncome = "fee_income";

    /// <summary>Claims given up for good (Erlass).</summary>
    public const string Waived = "waived";

    /// <summary>Claims no longer expected to be paid (Ausbuchung).</summary>
    public const string WrittenOff = "written_off";

    /// <summary>Money that came in on claims written off.</summary>
    public const string Recovered = "recovered";

    /// <summary>Credits of members that nobody will be paid.</summary>
    public const string ReleasedCredit = "released_credit";

    /// <summary>Where a kind of dues is income.</summary>
    public static string IncomeOf(DuesKind kind) =>
        kind switch
        {
            DuesKind.Annual => DuesIncome,
            DuesKind.Admission => AdmissionIncome,
            DuesKind.Levy => LevyIncome,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No account for this kind of dues."),
        };

    /// <summary>The number under which the bookkeeper knows an account: of an income account the office's own, of the others the chart's.</summary>
    public static string NumberOf(string account, string ofTheChart, IncomeAccounts own) =>
        account switch
        {
            DuesIncome => own.Dues,
            AdmissionIncome => own.Admission,
            LevyIncome => own.Levy,
            ServiceIncome => own.Services,
            _ => ofTheChart,
        };
}
