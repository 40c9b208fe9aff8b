namespace Association.Membership.Renewals;

/// <summary>Marks the texts beside it (RenewalTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
public sealed class RenewalTexts;
