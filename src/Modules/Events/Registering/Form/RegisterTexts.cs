namespace Association.Events.Registering.Form;

/// <summary>Marks the texts of the public registration (RegisterTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
public sealed class RegisterTexts;
