namespace Association.Billing.Receivables;

/// <summary>How far an unpaid item came. Stored as its number; 0 is none.</summary>
internal enum DunningLevel
{
    /// <summary>Zahlungserinnerung.</summary>
    Reminder = 1,

    /// <summary>1. Mahnung.</summary>
    First = 2,

    /// <summary>2. Mahnung; after it the board decides.</summary>
    Second = 3,
}
