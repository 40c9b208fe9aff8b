namespace Association.Platform.Messaging;

/// <summary>Marks the texts beside it (MessagingTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
public sealed class MessagingTexts;
