using Association.Platform.Data;
using Association.Platform.Data.Approvals;
using Association.Platform.Web.Components;

namespace Association.Membership.Dues.Runs;

/// <summary>How a run is called and how its state looks.</summary>
internal static class DuesStates
{
    /// <summary>The key of its title, which takes the year; long work keeps it.</summary>
    public static string TitleOf(DuesRun run) => "Run.Title." + EnumText.Of(run.Kind);

    /// <summary>Key of the word for its state; a draft that was refused says so.</summary>
    public static string KeyOf(DuesRun? run) =>
        run is { State: DuesRunState.Draft, Approval.State: ApprovalState.Refused } ? "State.Refused" : "State." + (run?.State ?? DuesRunState.Draft);

    /// <summary>For programs: <c>draft</c>, <c>refused</c>, <c>submitted</c> …</summary>
    public static string WordOf(DuesRun? run) => KeyOf(run)["State.".Length..].ToLowerInvariant();

    public static StateKind KindOf(DuesRunState state) =>
        state switch
        {
            DuesRunState.Draft => StateKind.Draft,
            DuesRunState.Executed => StateKind.Ok,
            _ => StateKind.Open,
        };
}
