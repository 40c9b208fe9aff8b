namespace Association.Membership.Members.List;

/// <summary>Marks the texts of the member list's filters and selection for <c>IStringLocalizer</c>.</summary>
public sealed class MemberListTexts;
