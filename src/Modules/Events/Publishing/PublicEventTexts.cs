namespace Association.Events.Publishing;

/// <summary>Marks the texts of the public pages about events.</summary>
public sealed class PublicEventTexts;
