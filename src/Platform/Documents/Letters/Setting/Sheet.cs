namespace Association.Platform.Documents.Letters.Setting;

/// <summary>Where things stand on the sheet, in millimetres from its top left corner (DIN 5008:2020, form B), and how large type is, in points.</summary>
internal static class Sheet
{
    public const double Left = 25;
    public const double Right = 190;
    public const double Width = Right - Left;

    public const double NameBaseline = 22;
    public const double HeadRule = 31;

    public const double LogoWidth = 55;
    public const double LogoHeight = 17;
    public const double LogoBottom = 28.5;
    public const double LogoGap = 6;

    // The address window: 85 × 45 mm at 20 / 45 mm; recipient's lines in its lower 27.3 mm, indented by 5 mm.
    public const double WindowLeft = 25;
    public const double WindowWidth = 75;
    public const double ReturnBaseline = 60;
    public const double AddressTop = 62.7;
    public const double AddressHeight = 27.3;
    public const double AddressPitch = 4.7;

    public const double FactsLeft = 125;
    public const double FactsValue = 151.5;
    public const double FactsTop = 50;
    public const double FactsPitch = 4.9;

    public const double FirstTop = 98.5;
    public const double FirstBottom = 266;
    public const double NextTop = 34;
    public const double NextBottom = 280;
    public const double NextHeadBaseline = 20;

    public const double FooterRule = 270;
    public const double FooterTop = 273.8;
    public const double FooterPitch = 3.3;

    public const double FirstFold = 105;
    public const double SecondFold = 210;
    public const double Hole = 148.5;

    public const double NameSize = 19;
    public const double SubjectSize = 17;
    public const double HeadingSize = 15;
    public const double Body = 10;
    public const double BodyPitch = 4.9;
    public const double Small = 8.25;
    public const double SmallPitch = 4;
    public const double Footer = 7.25;
    public const double ParagraphGap = 2.6;
    public const double BlockGap = 5;

    /// <summary>From the top of a line to its baseline, as a share of the pitch.</summary>
    public const double Baseline = 0.74;
}
