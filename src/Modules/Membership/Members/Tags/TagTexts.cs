namespace Association.Membership.Members.Tags;

/// <summary>Marks the texts about tags for <c>IStringLocalizer</c>.</summary>
public sealed class TagTexts;
