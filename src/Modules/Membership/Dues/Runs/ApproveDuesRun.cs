using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Platform.Messaging;
using Association.Platform.Web.Approvals;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Runs;

/// <summary>The second signature. Once given, a repetition does nothing.</summary>
/// <param name="Run">The run.</param>
/// <param name="SeenVersion">The version of the run that the person looked at; null on the command line, which shows figures and signs at once.</param>
[Permission(DuesFeature.Approve)]
internal sealed record ApproveDuesRun(DuesRunId Run, uint? SeenVersion = null) : ICommand;

internal static class ApproveDuesRunHandler
{
    public static Task<DuesRun?> LoadAsync(ApproveDuesRun command, MembershipDb db, CancellationToken ct) => DuesRuns.LockAsync(db, command.Run, ct);

    public static Problem? Validate(ApproveDuesRun command, DuesRun? run, FourEyes four, IStringLocalizer<DuesTexts> texts) =>
        run switch
        {
            null => new Problem("", texts["Problem.NoRun"]),
            { State: DuesRunState.Draft } => new Problem("", texts["Problem.NotSubmitted", run.Code]),
            _ => four.Obstacle(run.Approval),
        };

    public static void Handle(ApproveDuesRun command, DuesRun run, FourEyes four, IStringLocalizer<DuesTexts> texts)
    {
        if (run.State != DuesRunState.Submitted)
            return;
        if (command.SeenVersion is { } seen && seen != run.Version)
            throw new ConcurrentEditException(texts["Problem.RunChanged", run.Code]);
        four.Approve(run.Approval);
        run.Release();
    }
}
