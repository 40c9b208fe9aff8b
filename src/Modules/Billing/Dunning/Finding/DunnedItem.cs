using Association.Billing.Data;
using Association.Billing.Dunning.Stops;
using Association.Billing.Ledger;
using Association.Billing.Receivables;
using Association.Platform.Data.Kernel;

namespace Association.Billing.Dunning.Finding;

/// <summary>Why an item that is overdue long enough is not asked for.</summary>
internal enum LeftOut
{
    /// <summary>It is collected: nothing is overdue before a collection failed.</summary>
    DirectDebit,

    /// <summary>Somebody set a stop.</summary>
    Stopped,

    /// <summary>The letter before it still lies in the house: its period has not begun.</summary>
    NotSentYet,

    /// <summary>The invoice was issued today.</summary>
    IssuedToday,

    /// <summary>A waiver, a write-off or a cancellation of it waits for a second person.</summary>
    Asked,

    /// <summary>So small a rest is not pursued.</summary>
    Small,

    /// <summary>The account has enough in hand: it is to be set off first.</summary>
    Credit,

    /// <summary>There is neither an address for mail nor one for post, or no post is wanted.</summary>
    Unreachable,

    /// <summary>Since the run was submitted it was paid, or is no longer due at this level.</summary>
    NoLongerDue,
}

/// <summary>An overdue item, at the level that is due next.</summary>
/// <param name="Item">In the ledger.</param>
/// <param name="Number">As the office names it.</param>
/// <param name="Account">Whose.</param>
/// <param name="Member">The member's number.</param>
/// <param name="Name">The member's name.</param>
/// <param name="DueOn">Last day on which a payment would have been in time.</param>
/// <param name="Since">The day from which this level is due; null while the letter before it has not left.</param>
/// <param name="Amount">Of the invoice.</param>
/// <param name="Open">Still to be paid.</param>
/// <param name="Level">Which letter is due.</param>
/// <param name="LeftOut">Why none is written; null when one is.</param>
/// <param name="Stop">The reason of a stop; null without.</param>
/// <param name="StopUntil">Its last day; null: until it is lifted.</param>
internal sealed record DunnedItem(
    ItemRef Item,
    string Number,
    AccountId Account,
    string Member,
    string Name,
    DateOnly DueOn,
    DateOnly? Since,
    Money Amount,
    Money Open,
    DunningLevel Level,
    LeftOut? LeftOut,
    StopReason? Stop,
    DateOnly? StopUntil
)
{
    /// <summary>The id of the invoice or the item.</summary>
    public Guid Id => Item.Invoice?.Value ?? Item.Other!.Value.Value;
}
