using System.Buffers.Text;
using System.Text.Json;

namespace Association.Billing.Data;

/// <summary>The edge of a page of a list read by key: the sort values of a row, as they stand in the address.</summary>
internal static class PageKey
{
    public static string Write(params string[] values) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(values));

    /// <summary>Null for a text that is no such key: the list then starts at its first page.</summary>
    public static string[]? Read(string? text, int values)
    {
        if (string.IsNullOrEmpty(text) || text.Length > 2000)
            return null;
        try
        {
            var key = JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(text));
            return key?.Length == values && key.All(v => v is not null && !v.Contains('\0', StringComparison.Ordinal)) ? key : null;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return null;
        }
    }
}
