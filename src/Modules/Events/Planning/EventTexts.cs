namespace Association.Events.Planning;

/// <summary>Marks the texts about planning events.</summary>
public sealed class EventTexts;
