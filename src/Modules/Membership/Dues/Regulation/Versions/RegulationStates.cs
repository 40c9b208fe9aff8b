using Association.Platform.Data.Approvals;
using Association.Platform.Web.Components;

namespace Association.Membership.Dues.Regulation.Versions;

/// <summary>How a version stands on a day, and how that looks.</summary>
internal static class RegulationStates
{
    public static StateKind KindOf(RegulationVersion version, DateOnly today) =>
        version.State switch
        {
            RegulationState.Draft => StateKind.Draft,
            RegulationState.Submitted => StateKind.Open,
            RegulationState.InForce when version.ValidTo < today => StateKind.Ended,
            RegulationState.InForce => StateKind.Ok,
            _ => StateKind.Ended,
        };

    /// <summary>Key of the word.</summary>
    public static string KeyOf(RegulationVersion version, DateOnly today) =>
        version.State switch
        {
            RegulationState.InForce when version.ValidTo < today => "State.Ended",
            RegulationState.InForce when version.ValidFrom > today => "State.Coming",
            RegulationState.Draft when version.Approval.State == ApprovalState.Refused => "State.Refused",
            _ => $"State.{version.State}",
        };
}
