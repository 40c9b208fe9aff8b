using System.Globalization;
using Association.Billing.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.Components;

namespace Association.Billing.Ledger.Shown;

/// <summary>
/// What a page showed of an item or an account when it was opened. Its forms carry it back (<see cref="Field"/>); the handler locks and refuses when it is
/// no longer so (<see cref="SinceShown"/>). A command without it is not checked: verbs and programs ask for what they want whatever was shown.
/// </summary>
/// <param name="Amount">Open on the item, or in hand on the account.</param>
/// <param name="Entries">How many entries of the journal touched it.</param>
/// <param name="Requests">How often something was asked for on it, or given up or refused.</param>
internal readonly record struct AsShown(Money Amount, int Entries, int Requests)
{
    /// <summary>The hidden field of a form.</summary>
    public const string Field = "AsShown";

    // A form that does not say what it showed fits nothing.
    private static readonly AsShown Unknown = new(Money.Zero, -1, -1);

    /// <summary>As the posted form says; never null, because a page always says it.</summary>
    public static AsShown? Of(FormPost post) => Read(post.Text(Field));

    /// <summary>Reads what <see cref="ToString"/> wrote; anything else fits nothing.</summary>
    public static AsShown Read(string text) =>
        text.Split('/') is [var amount, var entries, var requests]
        && decimal.TryParse(amount, NumberStyles.Number, CultureInfo.InvariantCulture, out var euro)
        && int.TryParse(entries, CultureInfo.InvariantCulture, out var first)
        && int.TryParse(requests, CultureInfo.InvariantCulture, out var second)
            ? new AsShown(Money.Round(euro), first, second)
            : Unknown;

    /// <summary><c>180.00/3/1</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount}/{Entries}/{Requests}");
}

/// <summary>What a page about an invoice or an item taken over is to carry. Read before what the page shows, so that it is never newer.</summary>
/// <param name="Number">Of the invoice or the item.</param>
[Permission(BillingModule.ReadInvoices)]
internal sealed record ReadItemAsShown(string Number) : IQuery<AsShown>;

/// <summary>What a page about the credit of an account is to carry.</summary>
/// <param name="Member">The member's number.</param>
[Permission(BillingModule.ReadLedger)]
internal sealed record ReadAccountAsShown(string Member) : IQuery<AsShown>;

internal static class ReadItemAsShownHandler
{
    public static async Task<AsShown> HandleAsync(ReadItemAsShown query, BillingDb db, CancellationToken ct) =>
        await MoneyEvents.ItemAsync(db, query.Number, ct) is { } item ? (await MoneyEvents.OfItemAsync(db, item, ct)).AsShown : default;
}

internal static class ReadAccountAsShownHandler
{
    public static async Task<AsShown> HandleAsync(ReadAccountAsShown query, BillingDb db, CancellationToken ct) =>
        await NamedAccount.OfMemberAsync(db, query.Member, ct) is { } account ? (await MoneyEvents.OfAccountAsync(db, account, ct)).AsShown : default;
}
