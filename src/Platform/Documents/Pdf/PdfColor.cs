namespace Association.Platform.Documents.Pdf;

/// <summary>An sRGB colour.</summary>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
public readonly record struct PdfColor(byte Red, byte Green, byte Blue)
{
    /// <summary>Text and rules (<c>--ink</c>).</summary>
    public static readonly PdfColor Ink = new(0x24, 0x1A, 0x20);

    /// <summary>Secondary text (<c>--ink-2</c>).</summary>
    public static readonly PdfColor SecondInk = new(0x5B, 0x50, 0x57);

    /// <summary>Hairlines (<c>--line-2</c>).</summary>
    public static readonly PdfColor Hairline = new(0xCB, 0xC0, 0xB9);

    /// <summary>Tinted ground (<c>--shade</c>).</summary>
    public static readonly PdfColor Shade = new(0xF5, 0xF1, 0xEC);

    /// <summary>Modules of a QR code: nothing reads better.</summary>
    public static readonly PdfColor Black = new(0, 0, 0);
}
