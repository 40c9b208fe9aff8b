namespace Association.Platform.Mail;

/// <summary>Marks the texts beside it (MailTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
public sealed class MailTexts;
