using Association.Platform.Data.Settings;

namespace Association.Platform.Web.Theming;

/// <summary>
/// The accent tokens of the stylesheet, made of the association's one colour. Every pair of text and ground reaches
/// <see cref="AccentColor.LeastContrast"/> in both themes, whatever the colour; what is no text reaches 3 to 1 (WCAG 2.2, 1.4.11).
/// </summary>
public sealed record AccentPalette
{
    private const double LeastOfShapes = 3;

    // The stylesheet's darkest ground in light and its lightest in dark on which a link may stand: --shade-2.
    private static readonly AccentColor LightGround = new(0xeb, 0xe5, 0xde);
    private static readonly AccentColor DarkGround = new(0x33, 0x2b, 0x31);
    private static readonly AccentColor DarkSheet = new(0x1f, 0x1a, 0x1e);

    private readonly AccentColor own;

    /// <param name="own">At least <see cref="AccentColor.LeastContrast"/> against white; see <see cref="Fits"/>.</param>
    public AccentPalette(AccentColor own)
    {
        this.own = own;
        LightSoft = own.Mix(AccentColor.White, 0.92);
        LightText = own.Towards(AccentColor.Black, c => Reads(c, LightGround) && Reads(c, LightSoft));
        DarkSolid = own.Towards(AccentColor.White, c => c.ContrastTo(DarkSheet) >= LeastOfShapes);
        DarkSoft = own.Mix(DarkSheet, 0.75);
        DarkText = own.Towards(AccentColor.White, c => Reads(c, DarkGround) && Reads(c, DarkSoft));
    }

    /// <summary>Links and what can be done, in light.</summary>
    public AccentColor LightText { get; }

    /// <summary>The ground of what is selected, in light.</summary>
    public AccentColor LightSoft { get; }

    /// <summary>Filled buttons in light; white text stands on them.</summary>
    public AccentColor LightSolid => own;

    /// <summary>Links and what can be done, in dark.</summary>
    public AccentColor DarkText { get; }

    /// <summary>The ground of what is selected, in dark.</summary>
    public AccentColor DarkSoft { get; }

    /// <summary>Filled buttons in dark; white text stands on them.</summary>
    public AccentColor DarkSolid { get; }

    /// <summary>Whether white text can be read on the colour.</summary>
    public static bool Fits(AccentColor own) => Reads(own, AccentColor.White);

    /// <summary>The nearest darker tone that fits.</summary>
    public static AccentColor Nearest(AccentColor own) => own.Towards(AccentColor.Black, Fits);

    /// <summary>The stylesheet that replaces the tokens; it comes behind <c>association.css</c>, in the same layer.</summary>
    public string ToCss() =>
        $$"""
            @layer tokens {
              :root {
                --accent: light-dark({{LightText}}, {{DarkText}});
                --accent-solid: light-dark({{LightSolid}}, {{DarkSolid}});
                --accent-solid-hover: light-dark({{own.Mix(AccentColor.Black, 0.25)}}, {{DarkSolid.Mix(AccentColor.Black, 0.12)}});
                --on-accent: #ffffff;
                --accent-soft: light-dark({{LightSoft}}, {{DarkSoft}});
                --accent-line: light-dark({{own.Mix(AccentColor.White, 0.6)}}, {{DarkText.Mix(DarkSheet, 0.55)}});
                --accent-mid: light-dark({{own.Towards(AccentColor.White, c => c.ContrastTo(AccentColor.White) < 3.6)}}, {{DarkText.Mix(DarkSheet, 0.35)}});
              }
            }

            """;

    private static bool Reads(AccentColor text, AccentColor ground) => text.ContrastTo(ground) >= AccentColor.LeastContrast;
}
