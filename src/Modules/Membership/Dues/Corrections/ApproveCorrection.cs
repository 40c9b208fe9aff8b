using Association.Billing.Contracts;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Platform.Messaging;
using Association.Platform.Web.Approvals;
using Association.Platform.Web.Localisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Corrections;

/// <summary>The second person agrees to a correction. Once given, a repetition does nothing.</summary>
/// <param name="Correction">Which.</param>
/// <param name="Shown">What the page showed of the invoice; null is not checked.</param>
[Permission(DuesFeature.Approve)]
internal sealed record ApproveCorrection(CorrectionId Correction, string? Shown = null) : ICommand;

internal static class ApproveCorrectionHandler
{
    public static Task<DuesCorrection?> LoadAsync(ApproveCorrection command, MembershipDb db, CancellationToken ct) =>
        DuesCorrections.LockAsync(db, command.Correction, ct);

    public static Problem? Validate(ApproveCorrection command, DuesCorrection? correction, FourEyes four) => four.Obstacle(correction?.Approval);

    public static async Task<ChargeCorrected?> HandleAsync(
        ApproveCorrection command,
        DuesCorrection correction,
        MembershipDb db,
        IInvoicedCharges invoices,
        FourEyes four,
        TimeProvider clock,
        IStringLocalizer<CorrectionTexts> texts,
        CancellationToken ct
    )
    {
        if (correction.State != CorrectionState.Requested)
            return null;
        await db.Database.ExecuteSqlAsync($"select from membership.charge where id = {correction.ChargeId.Value} for update", ct);
        if (command.Shown is { } shown && await invoices.SinceAsync(correction.ChargeId, shown, ct) is { } since)
            throw new ProblemsException(since);
        // What holds against it now, its own request aside: the member's data or the invoice may have changed since.
        var facts = (await CorrectionFacts.ReadAsync(db, invoices, correction.ChargeId, ct))! with
        {
            Last = null,
        };
        if (facts.Obstacle(texts) is { } obstacle)
            throw new ProblemsException(obstacle);
        if (facts.Now!.Amount != correction.NewAmount)
            throw new ProblemsException(texts["Problem.Changed", Formats.Of(facts.Now.Amount), Formats.Of(correction.NewAmount)]);
        four.Approve(correction.Approval);
        return await CorrectChargeHandler.ReleaseAsync(correction, facts, db, clock.GetUtcNow(), ct);
    }
}

/// <summary>Gives a correction up that waits for its second person: who asked for it withdraws it, and who should agree says why not.</summary>
[Permission(DuesFeature.Approve)]
internal sealed record WithdrawCorrection(CorrectionId Correction, string Reason = "") : ICommand;

internal static class WithdrawCorrectionHandler
{
    public static Task<DuesCorrection?> LoadAsync(WithdrawCorrection command, MembershipDb db, CancellationToken ct) =>
        DuesCorrections.LockAsync(db, command.Correction, ct);

    public static Problem? Validate(WithdrawCorrection command, DuesCorrection? correction, FourEyes four) =>
        four.ObstacleToEnd(correction?.Approval, command.Reason);

    public static void Handle(WithdrawCorrection command, DuesCorrection correction, FourEyes four)
    {
        if (four.End(correction.Approval, command.Reason))
            correction.GiveUp();
    }
}

/// <summary>Billing cancelled and issued: the correction is done.</summary>
[PlainWords(typeof(CorrectionTexts), "Work.Complete")]
internal static class CompleteCorrectionHandler
{
    public static Task<DuesCorrection?> LoadAsync(CorrectionBooked message, MembershipDb db, CancellationToken ct) =>
        DuesCorrections.LockAsync(db, message.Correction, ct);

    public static void Handle(CorrectionBooked message, DuesCorrection? correction, TimeProvider clock)
    {
        if (correction is { State: CorrectionState.Released })
            correction.Complete(message.Cancellation, message.Invoice, message.SetOff, message.Credit, clock.GetUtcNow());
    }
}
