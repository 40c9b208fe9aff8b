using System.Collections.Frozen;
using System.Globalization;
using System.Resources;

namespace Association.Membership.Members.Record;

/// <summary>Countries of addresses: ISO 3166-1 alpha-2.</summary>
internal static class Countries
{
    /// <summary>Where members of a German regional association live, most likely first.</summary>
    public static readonly IReadOnlyList<string> Offered = ["DE", "FR", "LU", "BE", "NL", "AT", "CH", "DK", "PL", "CZ", "IT", "ES", "GB", "IE"];

    private static readonly ResourceManager Texts = new(typeof(MembersTexts));

    private static readonly FrozenSet<string> Codes = CultureInfo
        .GetCultures(CultureTypes.SpecificCultures)
        .Select(c => new RegionInfo(c.Name).TwoLetterISORegionName)
        .Where(c => c.Length == 2 && c.All(char.IsAsciiLetterUpper))
        .Concat(Offered)
        .ToFrozenSet(StringComparer.Ordinal);

    public static bool IsCode(string code) => Codes.Contains(code);

    /// <summary>In the language of the request: „Luxemburg“. What .NET calls a country is in the language of whoever asked first, or in its own.</summary>
    public static string NameOf(string code) =>
        Texts.GetString("Country." + code, CultureInfo.CurrentUICulture) ?? (IsCode(code) ? new RegionInfo(code).EnglishName : code);
}

/// <summary>Postal codes as their country writes them.</summary>
internal static class PostalCodes
{
    private const int Longest = 12;

    /// <summary>Whether a code can be one of the country: five digits in Germany, four in Luxembourg, with or without „L-“.</summary>
    public static bool Fits(string code, string country)
    {
        var bare = code.StartsWith(country[..1] + "-", StringComparison.OrdinalIgnoreCase) ? code[2..] : code;
        var digits = bare.Count(char.IsAsciiDigit);
        return country switch
        {
            "DE" or "FR" or "IT" or "ES" => digits == 5 && bare.Replace(" ", "", StringComparison.Ordinal).Length == 5,
            "LU" or "AT" or "BE" or "CH" or "DK" => digits == 4 && bare.Trim().Length == 4,
            _ => bare.Length is > 0 and <= Longest,
        };
    }
}
