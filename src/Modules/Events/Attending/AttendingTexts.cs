namespace Association.Events.Attending;

/// <summary>Marks the texts beside it (AttendingTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
public sealed class AttendingTexts;
