using Association.Billing.Data;
using Association.Billing.Receivables;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Messaging;

namespace Association.Billing.Dunning.Finding;

/// <summary>What reminding now would do: whom, of what, since when, at which price; and who is left out and why.</summary>
[Permission(BillingModule.ReadLedger)]
internal sealed record PreviewReminders : IQuery<ReminderPreview>;

/// <summary>The answer.</summary>
/// <param name="AsOf">The day.</param>
/// <param name="Letters">One an account, in the order of names.</param>
/// <param name="LeftOut">Items that are due and not asked for.</param>
internal sealed record ReminderPreview(DateOnly AsOf, IReadOnlyList<PlannedReminder> Letters, IReadOnlyList<DunnedItem> LeftOut)
{
    /// <summary>What the letters ask for, without their own fees.</summary>
    public Money Open => Money.Sum(Letters.Select(l => l.Open));

    /// <summary>What the letters cost their recipients.</summary>
    public Money Fees => Money.Sum(Letters.Select(l => l.Fee));

    /// <summary>How many letters of a level.</summary>
    public int Count(DunningLevel level) => Letters.Count(l => l.Level == level);

    /// <summary>Groups what was found into letters.</summary>
    public static ReminderPreview Of(DateOnly day, IReadOnlyList<DunnedItem> items, ReminderRules rules) =>
        new(
            day,
            [.. items.Where(i => i.LeftOut is null).GroupBy(i => i.Account).Select(g => PlannedReminder.Of([.. g], rules))],
            [.. items.Where(i => i.LeftOut is not null)]
        );
}

/// <summary>A letter to be written to one account.</summary>
/// <param name="Member">The member's number.</param>
/// <param name="Name">The member's name.</param>
/// <param name="Level">The highest of its items.</param>
/// <param name="Fee">Of that level, once a letter.</param>
/// <param name="Items">What it asks for.</param>
internal sealed record PlannedReminder(string Member, string Name, DunningLevel Level, Money Fee, IReadOnlyList<DunnedItem> Items)
{
    /// <summary>What is open on its items.</summary>
    public Money Open => Money.Sum(Items.Select(i => i.Open));

    public static PlannedReminder Of(IReadOnlyList<DunnedItem> items, ReminderRules rules)
    {
        var level = items.Max(i => i.Level);
        return new PlannedReminder(items[0].Member, items[0].Name, level, OverdueItems.FeeOf(rules, level), items);
    }
}

internal static class PreviewRemindersHandler
{
    public static async Task<ReminderPreview> HandleAsync(PreviewReminders query, BillingDb db, IOfficeRules rules, TimeProvider clock, CancellationToken ct)
    {
        var (today, current) = (clock.Today(), await rules.CurrentAsync(await db.ConnectionAsync(ct), ct));
        return ReminderPreview.Of(today, await OverdueItems.FindAsync(db, current, today, null, ct), current.Reminders);
    }
}
