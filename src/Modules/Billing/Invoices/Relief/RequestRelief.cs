using Association.Billing.Data;
using Association.Billing.Ledger;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Invoices.Relief;

/// <summary>
/// Gives up what is open on an invoice by resolution: waived (the claim is charged and settled, never charged again) or written off (late money is
/// income). From the office's limits on a second person agrees before it is posted.
/// </summary>
/// <param name="Number">Of the invoice.</param>
/// <param name="Kind">Waiver or write-off.</param>
/// <param name="ResolvedBy">„Vorstand“.</param>
/// <param name="ResolvedOn">Day of the resolution; not in the future.</param>
/// <param name="Resolution">Its words, or where they stand; 3 to 1000 characters.</param>
[Permission(BillingModule.RequestRelief)]
internal sealed record RequestRelief(string Number, ReliefKind Kind, string ResolvedBy, DateOnly ResolvedOn, string Resolution) : ICommand;

/// <summary>An invoice, locked, with the resolutions on it.</summary>
internal sealed record InvoiceWithReliefs(LockedInvoice? Invoice, IReadOnlyList<ClaimRelief> Reliefs)
{
    /// <summary>The one that waits or is posted; null without.</summary>
    public ClaimRelief? Live => Reliefs.FirstOrDefault(r => r.State is ReliefState.Requested or ReliefState.Posted);

    public static async Task<InvoiceWithReliefs> FindAsync(BillingDb db, string number, CancellationToken ct) =>
        await LockedInvoice.FindAsync(db, number, ct) is { } invoice
            ? new InvoiceWithReliefs(invoice, await ClaimReliefs.OfInvoiceAsync(db, invoice.Id, ct))
            : new InvoiceWithReliefs(null, []);
}

internal static class RequestReliefHandler
{
    public static Task<InvoiceWithReliefs> LoadAsync(RequestRelief command, BillingDb db, CancellationToken ct) => InvoiceWithReliefs.FindAsync(db, command.Number, ct);

    public static IEnumerable<Problem> Validate(RequestRelief command, InvoiceWithReliefs found, TimeProvider clock, IStringLocalizer<ReliefTexts> texts)
    {
        if (Obstacle(found, command.Number, texts) is { } obstacle) yield return new Problem("", obstacle);
        if (command.ResolvedBy.Trim() is not { Length: > 0 and <= 200 }) yield return new Problem(nameof(command.ResolvedBy), texts["Problem.ResolvedBy"]);
        if (command.ResolvedOn > clock.Today()) yield return new Problem(nameof(command.ResolvedOn), texts["Problem.ResolvedOn"]);
        if (command.Resolution.Trim() is not { Length: >= 3 and <= 1000 }) yield return new Problem(nameof(command.Resolution), texts["Problem.Resolution"]);
    }

    /// <summary>Why nothing can be given up on this invoice; null when it can.</summary>
    public static string? Obstacle(InvoiceWithReliefs found, string number, IStringLocalizer<ReliefTexts> texts) => found switch
    {
        { Invoice: null } or { Invoice.IsCancellation: true } => texts["Problem.NoInvoice", number].Value,
        { Invoice.CancelledBy: { } by } => texts["Problem.Cancelled", found.Invoice.Number, by].Value,
        { Live: { State: ReliefState.Requested } live } => texts["Problem.Waiting", found.Invoice.Number, live.RequestedByName].Value,
        { Invoice.Open.Amount: <= 0 } => texts["Problem.NothingOpen", found.Invoice.Number].Value,
        _ => null,
    };

    public static async Task<ReliefState> HandleAsync(
        RequestRelief command, InvoiceWithReliefs found, BillingDb db, IOfficeRules rules, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        var invoice = found.Invoice!;
        var limits = (await rules.CurrentAsync(ct)).FourEyes;
        var needsSecond = FourEyesRules.Reaches(command.Kind == ReliefKind.Waiver ? limits.WaiverFrom : limits.WriteOffFrom, invoice.Open);
        var relief = new ClaimRelief(
            ReliefId.New(), invoice.Id, invoice.Number, invoice.Content.MemberName, command.Kind, invoice.Open, command.ResolvedBy.Trim(), command.ResolvedOn, command.Resolution.Trim(),
            ReliefState.Requested, user.Id, user.Actor.Name, clock.GetUtcNow(), needsSecond, null, null, null);
        if (!needsSecond) relief = relief with { State = ReliefState.Posted, Posting = await PostAsync(db, relief, invoice, user.Actor.Name, clock, ct) };
        await ClaimReliefs.AddAsync(db, relief, ct);
        return relief.State;
    }

    /// <summary>Posts it; the claim is settled from here on.</summary>
    public static async Task<PostingId> PostAsync(BillingDb db, ClaimRelief relief, LockedInvoice invoice, string by, TimeProvider clock, CancellationToken ct)
    {
        var posting = Posting.OfRelief(relief.PostingKind, invoice.Id, invoice.Account, invoice.Open, relief.ResolvedOn, clock.Today(), relief.PostingText);
        await Journal.AppendAsync(await db.ConnectionAsync(ct), [posting], by, ct);
        return posting.Id;
    }
}

/// <summary>The second person agrees. Once given, a repetition does nothing.</summary>
[Permission(BillingModule.ApproveRelief)]
internal sealed record ApproveRelief(string Number) : ICommand;

internal static class ApproveReliefHandler
{
    public static Task<InvoiceWithReliefs> LoadAsync(ApproveRelief command, BillingDb db, CancellationToken ct) => InvoiceWithReliefs.FindAsync(db, command.Number, ct);

    public static Problem? Validate(ApproveRelief command, InvoiceWithReliefs found, CurrentUser user, IStringLocalizer<ReliefTexts> texts) => found switch
    {
        { Live: null } => new Problem("", texts["Problem.Gone"]),
        { Live.State: ReliefState.Posted } => null,
        { Live.RequestedBy: var by } when by == user.Actor.Id => new Problem("", texts["Problem.SamePerson"]),
        { Invoice: { } invoice, Live: { } live } when invoice.Open != live.Amount => new Problem("", texts["Problem.OpenChanged", Formats.Of(invoice.Open), Formats.Of(live.Amount)]),
        _ => null,
    };

    public static async Task HandleAsync(ApproveRelief command, InvoiceWithReliefs found, BillingDb db, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        if (found.Live is not { State: ReliefState.Requested } relief) return;
        var posting = await RequestReliefHandler.PostAsync(db, relief, found.Invoice!, user.Actor.Signature, clock, ct);
        await ClaimReliefs.ApproveAsync(db, relief.Id, user.Actor, clock.GetUtcNow(), posting, ct);
    }
}

/// <summary>Gives a resolution up that waits for its second person; who asked for it may, and who should agree.</summary>
[Permission(BillingModule.ApproveRelief)]
internal sealed record WithdrawRelief(string Number) : ICommand;

internal static class WithdrawReliefHandler
{
    public static Task<InvoiceWithReliefs> LoadAsync(WithdrawRelief command, BillingDb db, CancellationToken ct) => InvoiceWithReliefs.FindAsync(db, command.Number, ct);

    public static Problem? Validate(WithdrawRelief command, InvoiceWithReliefs found, IStringLocalizer<ReliefTexts> texts) =>
        found.Live is { State: ReliefState.Posted } ? new Problem("", texts["Problem.AlreadyPosted"]) : null;

    public static async Task HandleAsync(WithdrawRelief command, InvoiceWithReliefs found, BillingDb db, CancellationToken ct)
    {
        if (found.Live is { State: ReliefState.Requested } relief) await ClaimReliefs.WithdrawAsync(db, relief.Id, ct);
    }
}

/// <summary>Takes a waiver or write-off back by a posting of its own: the claim is open again.</summary>
/// <param name="Number">Of the invoice.</param>
/// <param name="Reason">For the journal; 3 to 300 characters.</param>
[Permission(BillingModule.RequestRelief)]
internal sealed record ReverseRelief(string Number, string Reason) : ICommand;

internal static class ReverseReliefHandler
{
    public static Task<InvoiceWithReliefs> LoadAsync(ReverseRelief command, BillingDb db, CancellationToken ct) => InvoiceWithReliefs.FindAsync(db, command.Number, ct);

    public static IEnumerable<Problem> Validate(ReverseRelief command, InvoiceWithReliefs found, IStringLocalizer<ReliefTexts> texts)
    {
        if (found.Live is not { State: ReliefState.Posted }) yield return new Problem("", texts["Problem.NothingToReverse", command.Number]);
        else if (found.Invoice!.Forgiven.Recovered > Money.Zero) yield return new Problem("", texts["Problem.Recovered", Formats.Of(found.Invoice.Forgiven.Recovered)]);
        if (command.Reason.Trim() is not { Length: >= 3 and <= 300 }) yield return new Problem(nameof(command.Reason), texts["Problem.Reason"]);
    }

    public static async Task HandleAsync(ReverseRelief command, InvoiceWithReliefs found, BillingDb db, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        var (relief, invoice) = (found.Live!, found.Invoice!);
        var reversal = Posting.OfReversedRelief(relief.Posting!.Value, relief.PostingKind, invoice.Id, invoice.Account, relief.Amount, clock.Today(), command.Reason.Trim());
        await Journal.AppendAsync(await db.ConnectionAsync(ct), [reversal], user.Actor.Name, ct);
        await ClaimReliefs.ReverseAsync(db, relief.Id, reversal.Id, ct);
    }
}
