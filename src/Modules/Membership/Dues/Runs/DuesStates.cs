using Association.Platform.Data;
using Association.Platform.Web.Components;

namespace Association.Membership.Dues.Runs;

/// <summary>How a run is called and how its state looks.</summary>
internal static class DuesStates
{
    /// <summary>The key of its title, which takes the year; long work keeps it.</summary>
    public static string TitleOf(DuesRun run) => "Run.Title." + EnumText.Of(run.Kind);

    public static StateKind KindOf(DuesRunState state) =>
        state switch
        {
            DuesRunState.Draft => StateKind.Draft,
            DuesRunState.Executed => StateKind.Ok,
            _ => StateKind.Open,
        };
}
