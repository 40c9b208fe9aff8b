namespace Association.Platform.Data.Lists;

/// <summary>Text that a person searches for, inside a <c>like</c> pattern.</summary>
public static class SqlLike
{
    /// <summary>Looked for as typed: <c>%</c> and <c>_</c> mean themselves.</summary>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
    }
}
