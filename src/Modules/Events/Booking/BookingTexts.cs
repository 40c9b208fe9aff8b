namespace Association.Events.Booking;

/// <summary>Marks the texts beside it (BookingTexts.resx, .fr, .en) for <c>IStringLocalizer</c>.</summary>
public sealed class BookingTexts;
