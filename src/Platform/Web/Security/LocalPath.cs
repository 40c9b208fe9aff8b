namespace Association.Platform.Web.Security;

/// <summary>Where to go after sign-in or a change of language: only within this site.</summary>
public static class LocalPath
{
    /// <summary>The path when it leads nowhere else, otherwise <paramref name="otherwise"/>.</summary>
    public static string Or(string? path, string otherwise) =>
        path is ['/', ..] and not ['/', '/' or '\\', ..] && !path.Any(char.IsControl) ? Written(path) : otherwise;

    // As the header of an answer takes it: in ASCII.
    private static string Written(string path) =>
        string.Concat(path.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));
}
