using Association.Membership.Members.List.Filtering;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.List.Rows;

/// <summary>Where a membership stands, with the day that matters: „bis 31.12.2026“.</summary>
internal static class StatusWords
{
    public static string Of(DateOnly? joinedOn, DateOnly? leftOn, DateOnly today, IStringLocalizer<MembersTexts> texts) =>
        MemberStatuses.Of(joinedOn, leftOn, today) switch
        {
            MemberStatus.Active => texts["Status.Active"],
            MemberStatus.Planned => texts["Status.From", Platform.Web.Localisation.Formats.Of(joinedOn)],
            MemberStatus.Leaving => texts["Status.Until", Platform.Web.Localisation.Formats.Of(leftOn)],
            _ => texts["Status.LeftOn", Platform.Web.Localisation.Formats.Of(leftOn)],
        };
}
