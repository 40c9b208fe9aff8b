namespace Association.Office.Operation.Messages;

/// <summary>Marks the texts beside it (MessagesTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
internal sealed class MessagesTexts;
