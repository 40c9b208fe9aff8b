using Association.Billing.Data;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Ledger.Shown;

/// <summary>
/// Refuses what a page asks for that is out of date, and says what happened since: two tabs, two people. A handler calls it in <c>Load</c>, behind the lock
/// under which it reads.
/// </summary>
internal sealed class SinceShown(BillingDb db, IStringLocalizer<BillingTexts> texts)
{
    private const int MostTold = 5;

    /// <summary>For what is done on an invoice or an item taken over.</summary>
    /// <exception cref="ProblemsException">Something happened on it since.</exception>
    public async Task CheckItemAsync(AsShown? shown, ItemRef? item, CancellationToken ct)
    {
        if (shown is not null && item is not null)
            Check(shown.Value, await MoneyEvents.OfItemAsync(db, item.Value, ct));
    }

    /// <summary>For what is done with the credit of an account.</summary>
    /// <exception cref="ProblemsException">Something happened on the account since.</exception>
    public async Task CheckAccountAsync(AsShown? shown, AccountId? account, CancellationToken ct)
    {
        if (shown is not null && account is not null)
            Check(shown.Value, await MoneyEvents.OfAccountAsync(db, account.Value, ct));
    }

    /// <summary>What happened since, as a sentence; null when nothing did.</summary>
    public static string? Told(AsShown shown, MoneyEvents events, IStringLocalizer<BillingTexts> texts) =>
        shown == events.AsShown
            ? null
            : texts["Shown.Outdated", string.Join("; ", events.Since(shown).TakeLast(MostTold).Select(happened => Sentence(happened, texts)))].Value;

    private void Check(AsShown shown, MoneyEvents events)
    {
        if (Told(shown, events, texts) is { } since)
            throw new ProblemsException(since);
    }

    private static string Sentence(MoneyEvent happened, IStringLocalizer<BillingTexts> texts)
    {
        var what = texts["Posting." + happened.What];
        return texts[
            "Shown.Event",
            Formats.Of(happened.At),
            what.ResourceNotFound ? texts["Shown." + happened.What] : what,
            Formats.Of(happened.Amount),
            happened.By
        ];
    }
}
