using Association.Billing.Contracts;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Charges;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Messaging;
using Association.Platform.Web.Approvals;
using Association.Platform.Web.Localisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Corrections;

/// <summary>
/// „Falsch berechnet“: the charge is replaced by what the member's present data come to, its invoice cancelled and issued anew, and the money
/// already paid set off. From the office's limit on a second person has to agree first.
/// </summary>
/// <param name="Charge">The wrong one.</param>
/// <param name="Expected">The new amount that the person saw; another one is not charged unseen.</param>
/// <param name="Reason">Printed on the cancellation; 3 to 300 characters.</param>
/// <param name="Shown">What the page showed of the invoice; null is not checked.</param>
[Permission(DuesFeature.Correct)]
internal sealed record CorrectCharge(ChargeId Charge, Money Expected, string Reason, string? Shown = null) : ICommand;

internal static class CorrectChargeHandler
{
    public static async Task<CorrectionFacts?> LoadAsync(CorrectCharge command, MembershipDb db, IInvoicedCharges invoices, CancellationToken ct)
    {
        // Two people at once come one after the other; the second finds the first one's correction.
        await db.Database.ExecuteSqlAsync($"select from membership.charge where id = {command.Charge.Value} for update", ct);
        if (command.Shown is { } shown && await invoices.SinceAsync(command.Charge, shown, ct) is { } since)
            throw new ProblemsException(since);
        return await CorrectionFacts.ReadAsync(db, invoices, command.Charge, ct);
    }

    public static IEnumerable<Problem> Validate(CorrectCharge command, CorrectionFacts? facts, IStringLocalizer<CorrectionTexts> texts)
    {
        if (facts is null)
            yield return new Problem("", texts["Problem.NoCharge"]);
        else if (facts.Obstacle(texts) is { } obstacle)
            yield return new Problem("", obstacle);
        else if (facts.Now!.Amount != command.Expected)
            yield return new Problem("", texts["Problem.Changed", Formats.Of(facts.Now.Amount), Formats.Of(command.Expected)]);
        var reason = command.Reason.Trim();
        if (reason.Length < 3)
            yield return new Problem(nameof(command.Reason), texts["Problem.ReasonMissing"]);
        if (reason.Length > 300)
            yield return new Problem(nameof(command.Reason), texts["Problem.ReasonTooLong", reason.Length]);
    }

    public static async Task<ChargeCorrected?> HandleAsync(
        CorrectCharge command,
        CorrectionFacts? facts,
        MembershipDb db,
        IOfficeRules rules,
        FourEyes four,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var (charge, invoice) = (facts!.Charge, facts.Invoice!);
        var correction = new DuesCorrection
        {
            Id = CorrectionId.New(),
            ChargeId = charge.Id,
            MemberId = charge.Member,
            Kind = charge.Kind,
            Year = charge.Year,
            Invoice = invoice.Number,
            Reason = command.Reason.Trim(),
            RegulationId = facts.Regulation!.Id,
            Terms = charge.Terms,
            OldAmount = charge.Amount,
            NewAmount = facts.Now!.Amount,
            Approval = four.Ask(FourEyesRules.Reaches((await rules.CurrentAsync(ct)).FourEyes.CancellationFrom, facts.Greater)),
        };
        db.Add(correction);
        return correction.Approval.NeedsSecond ? null : await ReleaseAsync(correction, facts, db, clock.GetUtcNow(), ct);
    }

    /// <summary>Replaces the charge and hands the rest to Billing: from here on the correction ends by itself.</summary>
    public static async Task<ChargeCorrected> ReleaseAsync(
        DuesCorrection correction,
        CorrectionFacts facts,
        MembershipDb db,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var charge = facts.Charge;
        var replacement = await ChargeStore.ReplaceAsync(
            db,
            charge.Id,
            charge.Kind,
            ChargeStore.PeriodOf(charge.Kind, charge.Year, facts.Now!),
            facts.Now!,
            now,
            ct
        );
        correction.Release(replacement);
        return new ChargeCorrected(correction.Id, charge.Id, replacement, correction.Reason);
    }
}
