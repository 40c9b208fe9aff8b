using System.Globalization;
using System.Text.RegularExpressions;
using Association.Membership.Import.Reading;

namespace Association.Membership.Import.Cells;

/// <summary>Countries as lists name them: <c>D</c>, <c>DE</c>, <c>Deutschland</c>, <c>LU</c>, <c>F</c>, <c>France</c>.</summary>
internal static class CountryCell
{
    private static readonly Dictionary<string, string> Codes = Build();

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public static CellReading<string> Read(ListCell? cell)
    {
        if (cell is null || NoValue.Is(cell.Text))
            return default;
        if (cell.Kind == ListCellKind.Error)
            return CellReading<string>.Failed(cell);
        return Find(cell.Text) is { } code ? new(code) : CellReading<string>.Wrong("UnknownCountry");
    }

    public static string? Find(string words) => Codes.GetValueOrDefault(HeaderWords.Key(words));

    private static Dictionary<string, string> Build()
    {
        var codes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var culture in CultureInfo.GetCultures(CultureTypes.SpecificCultures))
            if (new RegionInfo(culture.Name) is { TwoLetterISORegionName: { Length: 2 } code } region && code.All(char.IsAsciiLetterUpper))
                foreach (var name in new[] { code, region.ThreeLetterISORegionName, region.EnglishName, region.NativeName })
                    codes.TryAdd(HeaderWords.Key(name), code);
        codes.Remove("");
        foreach (
            var entry in (string[])
                [
                    "DE d brd deutschland bundesrepublikdeutschland allemagne",
                    "FR f frankreich france",
                    "LU l lux luxemburg luxembourg",
                    "BE b belgien belgique",
                    "NL niederlande holland paysbas",
                    "AT a oesterreich autriche",
                    "CH schweiz suisse",
                    "IT i italien italie",
                    "ES e spanien espagne",
                    "PL polen pologne",
                    "CZ tschechien tchequie",
                    "DK daenemark danemark",
                    "GB uk grossbritannien england royaumeuni",
                    "US usa",
                ]
        )
        foreach (var word in entry.Split(' ')[1..])
            codes[word] = entry[..2];
        return codes;
    }
}

/// <summary>Postal codes, also as numbers that lost their leading zero, and with a country before them.</summary>
internal static partial class PostalCodeCell
{
    private const int Longest = 60; // with a country before it
    private const int LongestCode = 12;

    /// <summary>The code as it is written in its country, and the country when the cell names one.</summary>
    /// <param name="cell">Text or a number.</param>
    /// <param name="country">The row's country, when the list gives it.</param>
    public static (CellReading<string> Code, string? Country) Read(ListCell? cell, string? country)
    {
        if (cell is null || NoValue.Is(cell.Text))
            return default;
        if (cell.Kind is ListCellKind.Error)
            return (CellReading<string>.Failed(cell), null);
        if (cell.Text.Length > Longest)
            return (CellReading<string>.Wrong("NotAPostalCode"), null);
        var text = cell.Text.Trim();
        if (cell.Number is { } number && decimal.Truncate(number) == number && !text.Any(char.IsAsciiLetter)) // a format may show „L-1526“
            text = number.ToString("0", CultureInfo.InvariantCulture);
        string? named = null;
        if (Prefixed().Match(text) is { Success: true } match && CountryCell.Find(match.Groups["country"].Value) is { } found)
            (named, text) = (found, match.Groups["code"].Value);
        return (InCountry(text, named ?? country ?? "DE", lostZero: cell.Number is not null), named);
    }

    private static CellReading<string> InCountry(string code, string country, bool lostZero)
    {
        if (code.Length > LongestCode)
            return CellReading<string>.Wrong("NotAPostalCode");
        switch (country)
        {
            case "DE" or "FR" or "IT" or "ES":
                var digits = code.Replace(" ", "", StringComparison.Ordinal);
                if (lostZero || (digits.Length == 4 && country == "DE"))
                    digits = digits.PadLeft(5, '0');
                return FiveDigits().IsMatch(digits) ? new(digits) : CellReading<string>.Wrong("FiveDigits");
            case "LU":
                return FourDigits().IsMatch(code) ? new("L-" + code) : CellReading<string>.Wrong("FourDigits");
            case "AT" or "BE" or "CH" or "DK":
                return FourDigits().IsMatch(code) ? new(code) : CellReading<string>.Wrong("FourDigits");
            default:
                return new(code);
        }
    }

    [GeneratedRegex(@"^(?<country>[A-Za-z]{1,3})\s*[-–‑. ]?\s*(?<code>[0-9][0-9 ]{2,6})$", RegexOptions.NonBacktracking)]
    private static partial Regex Prefixed();

    [GeneratedRegex(@"^[0-9]{5}$", RegexOptions.NonBacktracking)]
    private static partial Regex FiveDigits();

    [GeneratedRegex(@"^[0-9]{4}$", RegexOptions.NonBacktracking)]
    private static partial Regex FourDigits();
}

/// <summary>Takes apart cells that hold more than one part of an address.</summary>
internal static partial class AddressCell
{
    private const int Longest = 1000;

    /// <summary>„66424 Homburg“, „L-1526 Luxembourg“, „57000 Metz“ and „Homburg 66424“; null when there is no code in it.</summary>
    public static (string PostalCode, string Town)? SplitTown(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length > Longest)
            return null;
        if (CodeTown().Match(trimmed) is { Success: true } front)
            return (front.Groups["code"].Value, front.Groups["town"].Value.Trim());
        return TownCode().Match(trimmed) is { Success: true } back ? (back.Groups["code"].Value, back.Groups["town"].Value.Trim().TrimEnd(',')) : null;
    }

    /// <summary>„Heinestr. 102, 66424 Homburg“, lines instead of commas, town first, a country at the end.</summary>
    /// <param name="text">The whole cell.</param>
    /// <param name="town">The town that another cell names: then only a part with a postal code, or that town, is one here.</param>
    public static (string Street, string PostalCode, string Town, string? Country) Split(string text, string? town = null)
    {
        if (text.Length > Longest)
            return (text.Trim(), "", "", null); // no street, and refused as too long for one
        var parts = text.Split([',', ';', '\n', '\r', '|', '·'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToList();
        string? country = null;
        if (parts.Count > 1 && CountryCell.Find(parts[^1]) is { } named)
        {
            country = named;
            parts.RemoveAt(parts.Count - 1);
        }
        for (var i = parts.Count - 1; i >= 0; i--)
            if (SplitTown(parts[i]) is { } found && (parts.Count > 1 || !char.IsAsciiDigit(parts[i][^1])))
                return (string.Join(", ", parts.Where((_, at) => at != i)), found.PostalCode, found.Town, country);
        if (parts.Count == 1 && StreetCodeTown().Match(parts[0]) is { Success: true } all)
            return (all.Groups["street"].Value.Trim(), all.Groups["code"].Value, all.Groups["town"].Value.Trim(), country);
        if (town is not null)
            return (string.Join(", ", parts.Where(p => HeaderWords.Key(p) != HeaderWords.Key(town))), "", "", country);
        return parts.Count > 1 ? (string.Join(", ", parts[..^1]), "", parts[^1], country) : (text.Trim(), "", "", country);
    }

    [GeneratedRegex(@"^(?<code>([A-Za-z]{1,3}\s?[-–‑]\s?)?[0-9]{4,5})\s*,?\s+(?<town>\p{L}.*)$", RegexOptions.NonBacktracking)]
    private static partial Regex CodeTown();

    [GeneratedRegex(@"^(?<town>\p{L}[^0-9]*?),?\s+(?<code>([A-Za-z]{1,3}\s?[-–‑]\s?)?[0-9]{5}|[A-Za-z]{1,3}-[0-9]{4})$", RegexOptions.NonBacktracking)]
    private static partial Regex TownCode();

    [GeneratedRegex(@"^(?<street>\p{L}.*[0-9]\s?\p{L}?)\s+(?<code>([A-Za-z]{1,3}\s?[-–‑]\s?)?[0-9]{4,5})\s+(?<town>\p{L}.*)$", RegexOptions.NonBacktracking)]
    private static partial Regex StreetCodeTown();
}
