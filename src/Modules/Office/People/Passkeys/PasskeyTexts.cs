namespace Association.Office.People.Passkeys;

/// <summary>Marks the texts beside it for <c>IStringLocalizer</c>.</summary>
internal sealed class PasskeyTexts;
