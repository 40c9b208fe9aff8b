namespace Association.Membership.Applications;

/// <summary>Marks the texts beside it (ApplicationTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
public sealed class ApplicationTexts;
