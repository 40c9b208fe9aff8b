namespace Association.Platform.Documents.Letters;

/// <summary>Sets a letter as PDF/A-3B: DIN 5008 form B on A4.</summary>
public static class Letter
{
    /// <summary>Renders a letter. Thread-safe; the same content gives the same bytes.</summary>
    /// <exception cref="ArgumentException">The content cannot be set: no address line or more than six, a row with other cells than the table has columns,
    /// a payment that breaks the rules of EPC069-12.</exception>
    public static byte[] Render(LetterContent content) => throw new NotSupportedException("The renderer of letters is not there yet.");
}
