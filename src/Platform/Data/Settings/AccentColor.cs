using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Association.Platform.Data.Settings;

/// <summary>A colour of the association's own, in sRGB.</summary>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
public readonly record struct AccentColor(byte Red, byte Green, byte Blue)
{
    /// <summary>WCAG 2.2, 1.4.3: text against its ground.</summary>
    public const double LeastContrast = 4.5;

    /// <summary>#ffffff.</summary>
    public static readonly AccentColor White = new(255, 255, 255);

    /// <summary>#000000.</summary>
    public static readonly AccentColor Black = new(0, 0, 0);

    /// <summary>Reads <c>#7b1f57</c>, with or without the sign.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out AccentColor color)
    {
        color = default;
        if (
            text?.Trim().TrimStart('#') is not { Length: 6 } digits
            || !uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb)
        )
            return false;
        color = new((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);
        return true;
    }

    /// <summary>From 1 (alike) to 21 (black on white), as WCAG 2.2 defines it.</summary>
    public double ContrastTo(AccentColor other)
    {
        var (one, two) = (Luminance, other.Luminance);
        return (Math.Max(one, two) + 0.05) / (Math.Min(one, two) + 0.05);
    }

    /// <summary>So much of the other colour mixed in.</summary>
    /// <param name="other">With which.</param>
    /// <param name="share">0: this one; 1: the other.</param>
    public AccentColor Mix(AccentColor other, double share)
    {
        return new(Part(Red, other.Red), Part(Green, other.Green), Part(Blue, other.Blue));

        byte Part(byte from, byte to) => (byte)Math.Round(from + ((to - from) * share));
    }

    /// <summary>The nearest tone towards the other colour that fits; the other colour itself when none before does.</summary>
    public AccentColor Towards(AccentColor other, Func<AccentColor, bool> fits)
    {
        ArgumentNullException.ThrowIfNull(fits);
        const int Steps = 50;
        for (var step = 0; step < Steps; step++)
            if (Mix(other, step / (double)Steps) is var tone && fits(tone))
                return tone;
        return other;
    }

    /// <summary><c>#7b1f57</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}");

    private double Luminance => (0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue));

    private static double Linear(byte part) => part / 255.0 is var s && s <= 0.04045 ? s / 12.92 : Math.Pow((s + 0.055) / 1.055, 2.4);
}
