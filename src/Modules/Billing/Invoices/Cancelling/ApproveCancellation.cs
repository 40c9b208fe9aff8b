using Association.Billing.Data;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Invoices.Cancelling;

/// <summary>The second person agrees, and the cancellation is issued. Once given, a repetition does nothing.</summary>
[Permission(BillingModule.ApproveCancellation)]
internal sealed record ApproveCancellation(string Number) : ICommand;

internal static class ApproveCancellationHandler
{
    public static Task<InvoiceToCancel> LoadAsync(ApproveCancellation command, BillingDb db, CancellationToken ct) =>
        InvoiceToCancel.FindAsync(db, command.Number, ct);

    public static Problem? Validate(
        ApproveCancellation command,
        InvoiceToCancel found,
        CurrentUser user,
        IStringLocalizer<CancellingTexts> texts,
        IStringLocalizer<BillingTexts> general
    ) =>
        found switch
        {
            { Request: null } => new Problem("", texts["Problem.Gone"]),
            { Request.State: CancellationState.Issued } => null,
            { Request.RequestedBy: var by } when by == user.Actor.Id => new Problem("", texts["Problem.SamePerson"]),
            // What holds against it now: it may have been corrected or waived since.
            _ => found.Obstacle(command.Number, general) is { } obstacle ? new Problem("", obstacle) : null,
        };

    public static async Task<OutgoingMessages?> HandleAsync(
        ApproveCancellation command,
        InvoiceToCancel found,
        BillingDb db,
        IAssociationProfiles profiles,
        IOfficeRules rules,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        if (found.Request is not { State: CancellationState.Requested } request)
            return null;
        await CancellationRequests.ApproveAsync(db, request, user.Actor, clock.GetUtcNow(), ct);
        return (
            await CancelInvoiceHandler.IssueAsync(found.Invoice!, request.Reason, db, profiles, await rules.CurrentAsync(ct), user.Actor.Signature, clock, ct)
        ).Messages;
    }
}

/// <summary>Gives a cancellation up that waits for its second person; who asked for it may, and who should agree.</summary>
[Permission(BillingModule.ApproveCancellation)]
internal sealed record WithdrawCancellation(string Number) : ICommand;

internal static class WithdrawCancellationHandler
{
    public static Task<InvoiceToCancel> LoadAsync(WithdrawCancellation command, BillingDb db, CancellationToken ct) =>
        InvoiceToCancel.FindAsync(db, command.Number, ct);

    public static Problem? Validate(WithdrawCancellation command, InvoiceToCancel found, IStringLocalizer<BillingTexts> texts) =>
        found.Request is { State: CancellationState.Issued } ? new Problem("", found.Obstacle(command.Number, texts)!) : null;

    public static async Task HandleAsync(WithdrawCancellation command, InvoiceToCancel found, BillingDb db, CancellationToken ct)
    {
        if (found.Request is { State: CancellationState.Requested } request)
            await CancellationRequests.WithdrawAsync(db, request, ct);
    }
}
