using Association.Platform.Messaging;

namespace Association.Events.Contracts;

/// <summary>The public may know of an event now.</summary>
[MessageName("events.published")]
public sealed record EventPublished(EventId Event);

/// <summary>A published event was changed: texts, time, place, programme or tickets.</summary>
[MessageName("events.changed")]
public sealed record EventChanged(EventId Event);

/// <summary>A published event does not take place.</summary>
[MessageName("events.cancelled")]
public sealed record EventCancelled(EventId Event);
