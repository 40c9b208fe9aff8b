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

    /// <summary>Claimed dues.</summary>
    public const string DuesIncome = "dues_income";

    /// <summary>Claims given up for good (Erlass).</summary>
    public const string Waived = "waived";

    /// <summary>Claims no longer expected to be paid (Ausbuchung).</summary>
    public const string WrittenOff = "written_off";

    /// <summary>Money that came in on claims written off.</summary>
    public const string Recovered = "recovered";

    /// <summary>Credits of members that nobody will be paid.</summary>
    public const string ReleasedCredit = "released_credit";
}
