namespace Association.Toy;

/// <summary>Texts of the notes.</summary>
public sealed class ToyTexts;
