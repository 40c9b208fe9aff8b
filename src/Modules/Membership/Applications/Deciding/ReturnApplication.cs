using Association.Membership.Applications.Model;
using Association.Membership.Data;
using Association.Platform.Messaging;
using Association.Platform.Web.Approvals;

namespace Association.Membership.Applications.Deciding;

/// <summary>Takes an application back from the board, by who submitted it; anybody else who may decide does not accept it and says why.</summary>
/// <param name="Number">Of the application.</param>
/// <param name="Reason">Of who does not accept it, for the office alone.</param>
/// <param name="Tell">Whether the applicant gets the refusal by mail, once an application; nothing when it is only taken back.</param>
[Permission(ApplicationsFeature.Approve)]
internal sealed record ReturnApplication(int Number, string Reason = "", bool Tell = false) : ICommand;

internal static class ReturnApplicationHandler
{
    public static Task<MembershipApplication?> LoadAsync(ReturnApplication command, MembershipDb db, CancellationToken ct) =>
        FoundApplications.LockAsync(db, command.Number, ct);

    public static async Task<Problem?> ValidateAsync(
        ReturnApplication command,
        MembershipApplication? application,
        FourEyes four,
        RefusalMail refusal,
        CancellationToken ct
    ) =>
        four.ObstacleToEnd(application?.Approval, command.Reason)
        ?? (command.Tell && application is { State: ApplicationState.Waiting } ? await refusal.ProblemAsync(application.Form, ct) : null);

    public static async Task HandleAsync(ReturnApplication command, MembershipApplication application, FourEyes four, RefusalMail refusal, CancellationToken ct)
    {
        if (four.End(application.Approval, command.Reason) && command.Tell && application.State == ApplicationState.Refused)
            await refusal.SendAsync(application.Id, application.Form, ct);
    }
}
