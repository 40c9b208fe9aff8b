namespace Association.Platform.Data.Kernel;

/// <summary>Why a document does not reach an address.</summary>
public enum AddressFault
{
    /// <summary>Neither street nor post box.</summary>
    NoStreet,

    /// <summary>The postal code is missing, or none of the country.</summary>
    NoPostalCode,

    /// <summary>The town is missing, or only digits.</summary>
    NoTown,

    /// <summary>There is no such country.</summary>
    NoCountry,
}

/// <summary>What a letter's window needs below the name. Whoever sends or keeps a recipient asks here.</summary>
public static class PostalAddress
{
    private const int LongestCode = 12;

    /// <summary>What is missing or cannot be; nothing when a document arrives there.</summary>
    public static IEnumerable<AddressFault> Faults(string? street, string? postalCode, string? town, string country)
    {
        ArgumentNullException.ThrowIfNull(country);
        if (string.IsNullOrWhiteSpace(street))
            yield return AddressFault.NoStreet;
        if (!FitsCode(postalCode?.Trim() ?? "", country))
            yield return AddressFault.NoPostalCode;
        if (string.IsNullOrWhiteSpace(town) || town.All(c => char.IsAsciiDigit(c) || c == ' '))
            yield return AddressFault.NoTown;
        if (!Countries.IsCode(country))
            yield return AddressFault.NoCountry;
    }

    // Five digits in Germany, four in Luxembourg, with or without „L-“.
    private static bool FitsCode(string code, string country)
    {
        var bare = country.Length > 0 && code.StartsWith(country[..1] + "-", StringComparison.OrdinalIgnoreCase) ? code[2..] : code;
        var digits = bare.Count(char.IsAsciiDigit);
        return country switch
        {
            "DE" or "FR" or "IT" or "ES" => digits == 5 && bare.Replace(" ", "", StringComparison.Ordinal).Length == 5,
            "LU" or "AT" or "BE" or "CH" or "DK" => digits == 4 && bare.Trim().Length == 4,
            _ => bare.Length is > 0 and <= LongestCode,
        };
    }
}
