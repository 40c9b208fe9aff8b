namespace Association.Billing.Deliveries;

/// <summary>What leaves the house.</summary>
public enum DocumentKind
{
    /// <summary>A claim.</summary>
    Invoice,

    /// <summary>Takes an invoice back.</summary>
    Cancellation,

    /// <summary>A member's account over a period.</summary>
    Statement,

    /// <summary>Asks again for what is overdue.</summary>
    Reminder,

    /// <summary>What the office wrote.</summary>
    Letter,
}

internal static class DocumentKinds
{
    /// <summary>Whether it is kept as a row of billing.letter, not as a claim.</summary>
    public static bool IsLetter(this DocumentKind kind) => kind is not (DocumentKind.Invoice or DocumentKind.Cancellation);
}
