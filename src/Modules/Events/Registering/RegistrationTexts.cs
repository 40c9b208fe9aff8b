namespace Association.Events.Registering;

/// <summary>Marks the texts beside it (RegistrationTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
public sealed class RegistrationTexts;
