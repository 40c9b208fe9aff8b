using Association.Billing.Data;
using Association.Billing.Ledger.Shown;
using Association.Platform.Data.Settings;
using Association.Platform.Messaging;
using Association.Platform.Web.Approvals;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Invoices.Cancelling;

/// <summary>The second person agrees, and the cancellation is issued. Once given, a repetition does nothing.</summary>
/// <param name="Number">Of the invoice.</param>
/// <param name="Shown">What the page showed; null is not checked.</param>
[Permission(BillingModule.ApproveCancellation)]
internal sealed record ApproveCancellation(string Number, AsShown? Shown = null) : ICommand;

internal static class ApproveCancellationHandler
{
    public static async Task<InvoiceToCancel> LoadAsync(ApproveCancellation command, BillingDb db, SinceShown since, CancellationToken ct)
    {
        var found = await InvoiceToCancel.FindAsync(db, command.Number, ct);
        if (found.Request is { State: CancellationState.Requested })
            await since.CheckItemAsync(command.Shown, found.Invoice?.Id, ct);
        return found;
    }

    public static Problem? Validate(ApproveCancellation command, InvoiceToCancel found, FourEyes four, IStringLocalizer<BillingTexts> texts) =>
        four.Obstacle(found.Request?.Approval)
        // What holds against it now: it may have been corrected or waived since.
        ?? (
            found is { Request.State: CancellationState.Requested } && found.Obstacle(command.Number, texts) is { } obstacle ? new Problem("", obstacle) : null
        );

    public static async Task<OutgoingMessages?> HandleAsync(
        ApproveCancellation command,
        InvoiceToCancel found,
        BillingDb db,
        IAssociationProfiles profiles,
        IOfficeRules rules,
        FourEyes four,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var (request, current) = (found.Request!, await rules.CurrentAsync(ct));
        if (!four.Approve(request.Approval))
            return null;
        request.Issue();
        var signed = request.Approval.ApprovedByName!;
        return (await CancelInvoiceHandler.IssueAsync(found.Invoice!, request.Reason, db, profiles, current, signed, clock, ct)).Messages;
    }
}

/// <summary>Gives a cancellation up that waits for its second person: who asked for it withdraws it, and who should agree says why not.</summary>
[Permission(BillingModule.ApproveCancellation)]
internal sealed record WithdrawCancellation(string Number, string Reason = "") : ICommand;

internal static class WithdrawCancellationHandler
{
    public static Task<InvoiceToCancel> LoadAsync(WithdrawCancellation command, BillingDb db, CancellationToken ct) =>
        InvoiceToCancel.FindAsync(db, command.Number, ct);

    public static Problem? Validate(WithdrawCancellation command, InvoiceToCancel found, FourEyes four) =>
        four.ObstacleToEnd(found.Request?.Approval, command.Reason);

    public static void Handle(WithdrawCancellation command, InvoiceToCancel found, FourEyes four)
    {
        if (four.End(found.Request!.Approval, command.Reason))
            found.Request.GiveUp();
    }
}
