using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Association.Platform.Data.Kernel;

/// <summary>What keeps a text from being an IBAN.</summary>
public enum IbanFault
{
    /// <summary>Nothing was typed.</summary>
    Empty,

    /// <summary>Something else than letters, digits and blanks, or it does not begin with two letters and two digits.</summary>
    Characters,

    /// <summary>The country takes no part in SEPA, or does not exist.</summary>
    Country,

    /// <summary>Too short or too long for its country: <see cref="Iban.LengthIn"/>.</summary>
    Length,

    /// <summary>The check digits do not match: probably one digit is mistyped.</summary>
    CheckDigits,
}

/// <summary>An account number of a SEPA country (ISO 13616) with matching check digits.</summary>
/// <remarks>Whether the account exists, only its bank knows; the national check digit inside it is not looked at.</remarks>
public readonly record struct Iban
{
    private static readonly FrozenDictionary<string, int> Lengths = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["AD"] = 24,
        ["AL"] = 28,
        ["AT"] = 20,
        ["BE"] = 16,
        ["BG"] = 22,
        ["CH"] = 21,
        ["CY"] = 28,
        ["CZ"] = 24,
        ["DE"] = 22,
        ["DK"] = 18,
        ["EE"] = 20,
        ["ES"] = 24,
        ["FI"] = 18,
        ["FR"] = 27,
        ["GB"] = 22,
        ["GI"] = 23,
        ["GR"] = 27,
        ["HR"] = 21,
        ["HU"] = 28,
        ["IE"] = 22,
        ["IS"] = 26,
        ["IT"] = 27,
        ["LI"] = 21,
        ["LT"] = 20,
        ["LU"] = 20,
        ["LV"] = 21,
        ["MC"] = 27,
        ["MD"] = 24,
        ["ME"] = 22,
        ["MK"] = 19,
        ["MT"] = 31,
        ["NL"] = 18,
        ["NO"] = 15,
        ["PL"] = 28,
        ["PT"] = 25,
        ["RO"] = 24,
        ["RS"] = 22,
        ["SE"] = 24,
        ["SI"] = 19,
        ["SK"] = 24,
        ["SM"] = 27,
        ["VA"] = 22,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private Iban(string value) => Value = value;

    /// <summary>Capital letters and digits without blanks.</summary>
    public string Value { get; }

    /// <summary>How many characters an IBAN of this country has; null outside SEPA.</summary>
    /// <param name="country">ISO 3166-1 alpha-2, capitals.</param>
    public static int? LengthIn(string country) => Lengths.TryGetValue(country, out var length) ? length : null;

    /// <summary>Reads what a person typed: blanks of any kind and small letters are fine.</summary>
    /// <param name="text">May be null.</param>
    /// <param name="iban">The IBAN, when the answer is true.</param>
    /// <param name="fault">Why not, when the answer is false.</param>
    public static bool TryParse(string? text, out Iban iban, [NotNullWhen(false)] out IbanFault? fault)
    {
        iban = default;
        var value = string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();
        fault = FaultOf(value);
        if (fault is null)
            iban = new Iban(value);
        return fault is null;
    }

    /// <summary>In groups of four, as printed: <c>DE02 1203 0000 0000 2020 51</c>.</summary>
    public static string Format(string value) => string.Join(' ', value.Chunk(4).Select(group => new string(group)));

    /// <inheritdoc cref="Format"/>
    public override string ToString() => Format(Value);

    private static IbanFault? FaultOf(string value)
    {
        if (value.Length == 0)
            return IbanFault.Empty;
        if (value.Length < 5 || !value.All(char.IsAsciiLetterOrDigit) || !value[..2].All(char.IsAsciiLetter) || !value[2..4].All(char.IsAsciiDigit))
            return IbanFault.Characters;
        if (LengthIn(value[..2]) is not { } length)
            return IbanFault.Country;
        if (value.Length != length)
            return IbanFault.Length;
        return Mod97.Of(value[4..] + value[..4]) == 1 ? null : IbanFault.CheckDigits;
    }
}
