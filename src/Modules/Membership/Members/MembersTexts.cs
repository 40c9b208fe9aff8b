namespace Association.Membership.Members;

/// <summary>Marks the texts beside it (MembersTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
public sealed class MembersTexts;
