namespace Association.Platform.Data.Kernel;

/// <summary>SEPA creditor identifier (Gläubiger-Identifikationsnummer, EPC262-08).</summary>
public static class CreditorId
{
    /// <summary>Whether a text is a creditor identifier with matching check digits; the three characters of the business code do not count for them.</summary>
    /// <param name="text">Without blanks: <c>DE98ZZZ09999999999</c>.</param>
    public static bool IsValid(string? text) =>
        text is { Length: >= 8 and <= 35 }
        && text.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c))
        && text[..2].All(char.IsAsciiLetterUpper)
        && text[2..4].All(char.IsAsciiDigit)
        && (text[..2] != "DE" || (text.Length == 18 && text[7..].All(char.IsAsciiDigit)))
        && Mod97.Of(text[7..] + text[..4]) == 1;
}
