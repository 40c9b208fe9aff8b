namespace Association.Billing.Data;

/// <summary>Text that a person searches for, inside a <c>like</c> pattern.</summary>
internal static class SqlLike
{
    public static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
