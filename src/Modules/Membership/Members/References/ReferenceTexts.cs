namespace Association.Membership.Members.References;

/// <summary>Marks the texts beside it (ReferenceTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
public sealed class ReferenceTexts;
