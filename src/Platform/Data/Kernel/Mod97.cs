namespace Association.Platform.Data.Kernel;

/// <summary>MOD 97-10 of ISO/IEC 7064: letters count as 10 … 35.</summary>
internal static class Mod97
{
    /// <summary>The remainder of a text of digits and capital letters; everything else is skipped.</summary>
    public static int Of(ReadOnlySpan<char> text)
    {
        var rest = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
                rest = ((rest * 10) + (c - '0')) % 97;
            else if (char.IsAsciiLetterUpper(c))
                rest = ((rest * 100) + (c - 'A' + 10)) % 97;
        }
        return rest;
    }
}
