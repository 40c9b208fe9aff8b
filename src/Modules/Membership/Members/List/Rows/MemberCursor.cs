using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace Association.Membership.Members.List.Rows;

/// <summary>The order of the list.</summary>
internal enum MemberSort
{
    Name,
    Number,
    Category,
    Town,
    Joined,
    PostalCode,
    Left,
    Dues,
}

/// <summary>Where a page of the list begins or ends: how many rows lie before, and the sort keys of the row at the edge.</summary>
/// <remarks>Stands in the address; a damaged one means the first page.</remarks>
internal sealed record MemberCursor(int Position, IReadOnlyList<string> Keys)
{
    /// <summary>The columns that make the order unique, and the types of their keys.</summary>
    public static (string Column, string Type)[] Columns(MemberSort sort) =>
        sort switch
        {
            MemberSort.Number => [("m.number", "text"), ("m.id", "uuid")],
            MemberSort.Town => [("m.town", "text"), ("m.name", "text"), ("m.id", "uuid")],
            MemberSort.Joined => [("coalesce(m.joined_on, '-infinity'::date)", "date"), ("m.id", "uuid")],
            MemberSort.PostalCode => [("m.postal_code", "text"), ("m.name", "text"), ("m.id", "uuid")],
            MemberSort.Left => [("coalesce(m.left_on, 'infinity'::date)", "date"), ("m.id", "uuid")],
            MemberSort.Dues => [("coalesce(charged.amount, d.amount, -1)", "numeric"), ("m.name", "text"), ("m.id", "uuid")],
            MemberSort.Category => [("c.position", "smallint"), ("m.name", "text"), ("m.id", "uuid")],
            _ => [("m.name", "text"), ("m.id", "uuid")],
        };

    /// <summary>The edge at a row.</summary>
    public static MemberCursor At(MemberRow row, MemberSort sort, int position) =>
        new(
            position,
            sort switch
            {
                MemberSort.Number => [row.Number, row.Id.Value.ToString()],
                MemberSort.Town => [row.Town, row.Name, row.Id.Value.ToString()],
                MemberSort.Joined => [row.JoinedOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "-infinity", row.Id.Value.ToString()],
                MemberSort.PostalCode => [row.PostalCode, row.Name, row.Id.Value.ToString()],
                MemberSort.Left => [row.LeftOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "infinity", row.Id.Value.ToString()],
                MemberSort.Dues => [(row.Dues?.Amount ?? -1).ToString(CultureInfo.InvariantCulture), row.Name, row.Id.Value.ToString()],
                MemberSort.Category => [row.CategoryPosition.ToString(CultureInfo.InvariantCulture), row.Name, row.Id.Value.ToString()],
                _ => [row.Name, row.Id.Value.ToString()],
            }
        );

    public string Encode() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this));

    /// <summary>Null for a text that is no cursor of this order.</summary>
    public static MemberCursor? Decode(string? text, MemberSort sort)
    {
        if (string.IsNullOrEmpty(text) || text.Length > 4000)
            return null;
        try
        {
            var cursor = JsonSerializer.Deserialize<MemberCursor>(Base64Url.DecodeFromChars(text));
            if (cursor is not { Keys: { } keys } || keys.Any(k => k is null || k.Contains('\0', StringComparison.Ordinal)))
                return null;
            var columns = Columns(sort);
            return keys.Count == columns.Length && keys.Zip(columns).All(k => Fits(k.First, k.Second.Type)) ? cursor : null;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return null;
        }
    }

    private static bool Fits(string key, string type) =>
        type switch
        {
            "uuid" => Guid.TryParse(key, out _),
            "date" => key is "-infinity" or "infinity" || DateOnly.TryParseExact(key, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "smallint" => short.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
            "numeric" => decimal.TryParse(key, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _),
            _ => true,
        };
}
