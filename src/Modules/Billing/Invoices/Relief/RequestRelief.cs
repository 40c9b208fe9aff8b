using Association.Billing.Data;
using Association.Billing.Ledger;
using Association.Billing.Ledger.Shown;
using Association.Platform.Data.Approvals;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Approvals;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Invoices.Relief;

/// <summary>
/// Gives up by resolution what is open on an invoice or an amount taken over – waived (the claim is charged and settled, never charged again) or written
/// off (late money is income) –, or a credit taken over; all of it, or a part: a claim is reduced so. From the office's limits on a second person
/// agrees before it is posted.
/// </summary>
/// <param name="Number">Of the invoice or the item.</param>
/// <param name="Kind">Waiver or write-off.</param>
/// <param name="ResolvedBy">„Vorstand“.</param>
/// <param name="ResolvedOn">Day of the resolution; not in the future.</param>
/// <param name="Resolution">Its words, or where they stand; 3 to 1000 characters.</param>
/// <param name="Amount">Greater than zero, at most what is left; null: all that is left.</param>
/// <param name="Shown">What the page showed; null is not checked.</param>
[Permission(BillingModule.RequestRelief)]
internal sealed record RequestRelief(
    string Number,
    ReliefKind Kind,
    string ResolvedBy,
    DateOnly ResolvedOn,
    string Resolution,
    Money? Amount = null,
    AsShown? Shown = null
) : ICommand;

/// <summary>What can be given up, locked, with the resolutions on it, the newest first.</summary>
internal sealed record SubjectWithReliefs(ReliefSubject? Subject, IReadOnlyList<ClaimRelief> Reliefs)
{
    /// <summary>The one that waits for its second person; null without.</summary>
    public ClaimRelief? Waiting => Reliefs.FirstOrDefault(r => r.State == ReliefState.Requested);

    /// <summary>How it stands with the one that waits or was posted last; null when nothing does.</summary>
    public Approval? Approval => (Waiting ?? Posted)?.Approval;

    /// <summary>The newest that is posted; null without.</summary>
    public ClaimRelief? Posted => Reliefs.FirstOrDefault(r => r.State == ReliefState.Posted);

    // The resolutions are read after the lock, so that they are what the transaction before it committed.
    public static async Task<SubjectWithReliefs> FindAsync(BillingDb db, string number, CancellationToken ct) =>
        await ReliefSubject.LockAsync(db, number, ct) is { } subject
            ? new SubjectWithReliefs(subject, await ReadReliefsHandler.HandleAsync(new ReadReliefs(number), db, ct))
            : new SubjectWithReliefs(null, []);
}

internal static class RequestReliefHandler
{
    public static async Task<SubjectWithReliefs> LoadAsync(RequestRelief command, BillingDb db, SinceShown since, CancellationToken ct)
    {
        var found = await SubjectWithReliefs.FindAsync(db, command.Number, ct);
        await since.CheckItemAsync(command.Shown, found.Subject?.Item, ct);
        return found;
    }

    public static IEnumerable<Problem> Validate(RequestRelief command, SubjectWithReliefs found, TimeProvider clock, IStringLocalizer<ReliefTexts> texts)
    {
        if (Obstacle(found, command.Number, texts) is { } obstacle)
            yield return new Problem("", obstacle);
        else if (command.Amount is { } part && (part <= Money.Zero || part > found.Subject!.Left))
            yield return new Problem(nameof(command.Amount), texts["Problem.Amount", Formats.Of(found.Subject!.Left)]);
        if (command.ResolvedBy.Trim() is not { Length: > 0 and <= 200 })
            yield return new Problem(nameof(command.ResolvedBy), texts["Problem.ResolvedBy"]);
        if (command.ResolvedOn > clock.Today())
            yield return new Problem(nameof(command.ResolvedOn), texts["Problem.ResolvedOn"]);
        if (command.Resolution.Trim() is not { Length: >= 3 and <= 1000 })
            yield return new Problem(nameof(command.Resolution), texts["Problem.Resolution"]);
    }

    // Why nothing can be given up under this number; null when it can.
    private static string? Obstacle(SubjectWithReliefs found, string number, IStringLocalizer<ReliefTexts> texts) =>
        found switch
        {
            { Subject: null } => texts["Problem.NoInvoice", number].Value,
            { Subject.CancelledBy: { } by } => texts["Problem.Cancelled", found.Subject.Number, by].Value,
            { Waiting: { } waiting } => texts["Problem.Waiting", found.Subject.Number, waiting.Approval.AskedByName!].Value,
            { Subject: { Left.Amount: <= 0, IsCredit: true } } => texts["Problem.NoCreditLeft", found.Subject.Number].Value,
            { Subject.Left.Amount: <= 0 } => texts["Problem.NothingOpen", found.Subject.Number].Value,
            _ => null,
        };

    public static async Task<ReliefState> HandleAsync(
        RequestRelief command,
        SubjectWithReliefs found,
        BillingDb db,
        IOfficeRules rules,
        DoneAlone alone,
        FourEyes four,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var subject = found.Subject!;
        var amount = command.Amount ?? subject.Left;
        var limits = (await rules.CurrentAsync(ct)).FourEyes;
        var needsSecond = await alone.ReachesAsync(
            command.Kind == ReliefKind.Waiver ? limits.WaiverFrom : limits.WriteOffFrom,
            amount,
            subject.Item,
            subject.Account,
            ct,
            PostingKind.Waiver,
            PostingKind.WriteOff
        );
        var relief = new ClaimRelief
        {
            Id = ReliefId.New(),
            InvoiceId = subject.Item.Invoice,
            ItemId = subject.Item.Other,
            Kind = command.Kind,
            Amount = amount,
            ResolvedBy = command.ResolvedBy.Trim(),
            ResolvedOn = command.ResolvedOn,
            Resolution = command.Resolution.Trim(),
            Approval = four.Ask(needsSecond),
        };
        if (!needsSecond)
            relief.Post(await PostAsync(db, relief, subject, user.Actor.Name, clock, ct));
        db.Add(relief);
        return relief.State;
    }

    /// <summary>Posts it; the claim is settled, or the credit gone, from here on. <c>by</c> is who posts, as shown in the journal.</summary>
    public static async Task<PostingId> PostAsync(BillingDb db, ClaimRelief relief, ReliefSubject subject, string by, TimeProvider clock, CancellationToken ct)
    {
        var posting = Compose(relief, subject, clock.Today());
        await Journal.AppendAsync(await db.ConnectionAsync(ct), [posting], by, ct);
        return posting.Id;
    }

    /// <summary>The entry of a relief.</summary>
    public static Posting Compose(ClaimRelief relief, ReliefSubject subject, DateOnly today) =>
        subject.IsCredit
            ? Posting.OfReleasedCredit(relief.PostingKind, subject.Item, subject.Account, relief.Amount, relief.ResolvedOn, today, relief.PostingText)
            : Posting.OfRelief(relief.PostingKind, subject.Item, subject.Account, relief.Amount, relief.ResolvedOn, today, relief.PostingText);
}
