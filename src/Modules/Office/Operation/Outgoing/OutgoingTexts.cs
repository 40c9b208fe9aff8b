namespace Association.Office.Operation.Outgoing;

/// <summary>Marks the texts beside it (OutgoingTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
public sealed class OutgoingTexts;
