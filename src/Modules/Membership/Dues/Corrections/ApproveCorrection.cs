using Association.Billing.Contracts;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Corrections;

/// <summary>The second person agrees to a correction. Once given, a repetition does nothing.</summary>
[Permission(DuesFeature.Approve)]
internal sealed record ApproveCorrection(CorrectionId Correction) : ICommand;

internal static class ApproveCorrectionHandler
{
    public static Task<DuesCorrection?> LoadAsync(ApproveCorrection command, MembershipDb db, CancellationToken ct) =>
        DuesCorrections.LockAsync(db, command.Correction, ct);

    public static Problem? Validate(ApproveCorrection command, DuesCorrection? correction, CurrentUser user, IStringLocalizer<CorrectionTexts> texts) =>
        correction switch
        {
            null or { State: CorrectionState.Withdrawn } => new Problem("", texts["Problem.Gone"]),
            { State: CorrectionState.Requested } when correction.RequestedBy == user.Actor.Id => new Problem("", texts["Problem.SamePerson"]),
            _ => null,
        };

    public static async Task<ChargeCorrected?> HandleAsync(
        ApproveCorrection command,
        DuesCorrection correction,
        MembershipDb db,
        IInvoicedCharges invoices,
        CurrentUser user,
        TimeProvider clock,
        IStringLocalizer<CorrectionTexts> texts,
        CancellationToken ct
    )
    {
        if (correction.State != CorrectionState.Requested)
            return null;
        await db.Database.ExecuteSqlAsync($"select from membership.charge where id = {correction.ChargeId.Value} for update", ct);
        // What holds against it now, its own request aside: the member's data or the invoice may have changed since.
        var facts = (await CorrectionFacts.ReadAsync(db, invoices, correction.ChargeId, ct))! with
        {
            Correction = null,
        };
        if (facts.Obstacle(texts) is { } obstacle)
            throw new ProblemsException(obstacle);
        if (facts.Now!.Amount != correction.NewAmount)
            throw new ProblemsException(texts["Problem.Changed", Formats.Of(facts.Now.Amount), Formats.Of(correction.NewAmount)]);
        correction.Approve(user.Actor, clock.GetUtcNow());
        return await CorrectChargeHandler.ReleaseAsync(correction, facts, db, clock.GetUtcNow(), ct);
    }
}

/// <summary>Gives a correction up that waits for its second person; who asked for it may, and who should agree.</summary>
[Permission(DuesFeature.Approve)]
internal sealed record WithdrawCorrection(CorrectionId Correction) : ICommand;

internal static class WithdrawCorrectionHandler
{
    public static Task<DuesCorrection?> LoadAsync(WithdrawCorrection command, MembershipDb db, CancellationToken ct) =>
        DuesCorrections.LockAsync(db, command.Correction, ct);

    public static Problem? Validate(WithdrawCorrection command, DuesCorrection? correction, IStringLocalizer<CorrectionTexts> texts) =>
        correction switch
        {
            null => new Problem("", texts["Problem.Gone"]),
            { State: CorrectionState.Released or CorrectionState.Done } => new Problem("", texts["Problem.Released", correction.Invoice]),
            _ => null,
        };

    public static void Handle(WithdrawCorrection command, DuesCorrection correction)
    {
        if (correction.State == CorrectionState.Requested)
            correction.Withdraw();
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
