using Association.Membership.Data;
using Association.Membership.Dues.Regulation.Versions;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Approvals;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Regulation.Approval;

/// <summary>Takes a submitted version back to a draft.</summary>
[Permission(DuesFeature.Prepare)]
internal sealed record WithdrawRegulation(DuesRegulationId Regulation) : ICommand;

/// <summary>The second person sends a submitted version back instead of putting it in force, and says why.</summary>
[Permission(DuesFeature.Approve)]
internal sealed record ReturnRegulation(DuesRegulationId Regulation, string Reason) : ICommand;

/// <summary>Throws a draft away. A document that was archived for it stays in the archive.</summary>
[Permission(DuesFeature.Prepare)]
internal sealed record DiscardRegulation(DuesRegulationId Regulation) : ICommand;

internal static class WithdrawRegulationHandler
{
    public static Task<RegulationVersion?> LoadAsync(WithdrawRegulation command, MembershipDb db, CancellationToken ct) =>
        RegulationVersions.LockAsync(db, command.Regulation, ct);

    public static Problem? Validate(WithdrawRegulation command, RegulationVersion? version, IStringLocalizer<RegulationTexts> texts) =>
        Editing.Draft.Problem(version, texts);

    public static void Handle(WithdrawRegulation command, RegulationVersion version, CurrentUser user, TimeProvider clock)
    {
        if (version.State != RegulationState.Submitted)
            return;
        version.Approval.Withdraw(user.Actor, clock.GetUtcNow());
        version.Reopen();
    }
}

internal static class ReturnRegulationHandler
{
    public static Task<RegulationVersion?> LoadAsync(ReturnRegulation command, MembershipDb db, CancellationToken ct) =>
        RegulationVersions.LockAsync(db, command.Regulation, ct);

    public static Problem? Validate(ReturnRegulation command, RegulationVersion? version, FourEyes four, IStringLocalizer<RegulationTexts> texts) =>
        Editing.Draft.Problem(version, texts) ?? four.ObstacleToEnd(version!.Approval, command.Reason);

    public static void Handle(ReturnRegulation command, RegulationVersion version, FourEyes four)
    {
        if (four.End(version.Approval, command.Reason))
            version.Reopen();
    }
}

internal static class DiscardRegulationHandler
{
    public static Task<RegulationVersion?> LoadAsync(DiscardRegulation command, MembershipDb db, CancellationToken ct) =>
        RegulationVersions.LockAsync(db, command.Regulation, ct);

    public static Problem? Validate(DiscardRegulation command, RegulationVersion? version, IStringLocalizer<RegulationTexts> texts) =>
        version is { State: not RegulationState.Draft } ? new Problem("", texts["Problem.NotADraft", version.Number]) : null;

    public static void Handle(DiscardRegulation command, RegulationVersion? version, MembershipDb db)
    {
        if (version is not null)
            db.Remove(version);
    }
}
