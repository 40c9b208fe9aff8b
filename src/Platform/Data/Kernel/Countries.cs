using System.Collections.Frozen;
using System.Globalization;

namespace Association.Platform.Data.Kernel;

/// <summary>Countries of addresses: ISO 3166-1 alpha-2.</summary>
public static class Countries
{
    /// <summary>Where members of a German regional association live, most likely first.</summary>
    public static readonly IReadOnlyList<string> Offered = ["DE", "FR", "LU", "BE", "NL", "AT", "CH", "DK", "PL", "CZ", "IT", "ES", "GB", "IE"];

    private static readonly FrozenSet<string> Codes = CultureInfo
        .GetCultures(CultureTypes.SpecificCultures)
        .Select(c => new RegionInfo(c.Name).TwoLetterISORegionName)
        .Where(c => c.Length == 2 && c.All(char.IsAsciiLetterUpper))
        .Concat(Offered)
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether there is such a country.</summary>
    public static bool IsCode(string code) => Codes.Contains(code);
}
