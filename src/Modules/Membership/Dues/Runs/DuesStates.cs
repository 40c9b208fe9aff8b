using Association.Platform.Web.Components;

namespace Association.Membership.Dues.Runs;

/// <summary>How a state of a run looks.</summary>
internal static class DuesStates
{
    public static StateKind KindOf(DuesRunState state) =>
        state switch
        {
            DuesRunState.Draft => StateKind.Draft,
            DuesRunState.Executed => StateKind.Ok,
            _ => StateKind.Open,
        };
}
