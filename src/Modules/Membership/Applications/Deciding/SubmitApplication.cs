using Association.Membership.Applications.Model;
using Association.Membership.Data;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Applications.Deciding;

/// <summary>Hands an application to the board, for the first time or again after it was refused. One that lies there already stays there.</summary>
[Permission(ApplicationsFeature.Edit)]
internal sealed record SubmitApplication(int Number, uint? Version = null) : ICommand;

internal static class SubmitApplicationHandler
{
    public static Task<MembershipApplication?> LoadAsync(SubmitApplication command, MembershipDb db, CancellationToken ct) =>
        FoundApplications.LockAsync(db, command.Number, ct);

    public static Problem? Validate(SubmitApplication command, MembershipApplication? application, IStringLocalizer<ApplicationTexts> texts) =>
        ApplicationEdit.Obstacle(application, command.Version, texts);

    public static void Handle(SubmitApplication _, MembershipApplication application, CurrentUser user, TimeProvider clock)
    {
        if (application.State != ApplicationState.Waiting)
            application.Approval.Ask(user.Actor, clock.GetUtcNow());
    }
}

/// <summary>The applicant does not want it any more.</summary>
[Permission(ApplicationsFeature.Edit)]
internal sealed record WithdrawApplication(int Number, string Reason, uint? Version = null) : ICommand;

internal static class WithdrawApplicationHandler
{
    public static Task<MembershipApplication?> LoadAsync(WithdrawApplication command, MembershipDb db, CancellationToken ct) =>
        FoundApplications.LockAsync(db, command.Number, ct);

    public static Problem? Validate(WithdrawApplication command, MembershipApplication? application, IStringLocalizer<ApplicationTexts> texts) =>
        ApplicationEdit.Obstacle(application, command.Version, texts)
        ?? (command.Reason.Trim().Length is >= 3 and <= 300 ? null : new Problem(nameof(command.Reason), texts["Problem.Reason"]));

    public static void Handle(WithdrawApplication command, MembershipApplication application, CurrentUser user, TimeProvider clock)
    {
        if (application.State == ApplicationState.Waiting)
            application.Approval.Reopen();
        application.Withdraw(user.Actor.Name, clock.GetUtcNow(), command.Reason.Trim());
    }
}

internal static class ApplicationEdit
{
    /// <summary>What keeps the office from working on an application; null when nothing does.</summary>
    /// <exception cref="ConcurrentEditException">Somebody changed it since the person saw it.</exception>
    public static Problem? Obstacle(MembershipApplication? application, uint? version, IStringLocalizer<ApplicationTexts> texts) =>
        application switch
        {
            null => new Problem("", texts["Problem.Gone"]),
            { State: ApplicationState.Accepted } => new Problem("", texts["Problem.Accepted"]),
            { State: ApplicationState.Withdrawn } => new Problem(
                "",
                texts["Problem.Withdrawn", application.WithdrawnBy!, Formats.Of(application.WithdrawnAt!.Value)]
            ),
            _ => version is null || version == application.Version ? null : throw Outdated(application, texts),
        };

    public static ConcurrentEditException Outdated(MembershipApplication application, IStringLocalizer<ApplicationTexts> texts) =>
        new(texts["Problem.ConcurrentEdit"])
        {
            Row = ("membership.membership_application", application.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        };
}
