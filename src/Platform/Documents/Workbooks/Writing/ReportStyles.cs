using Association.Platform.Data.Settings;
using ClosedXML.Excel;

namespace Association.Platform.Documents.Workbooks.Writing;

/// <summary>How a report looks: ink on paper, no stripes, rules where a total stands.</summary>
internal static class ReportStyles
{
    public const string Font = "Calibri";
    public const double TextSize = 11;

    /// <summary>Of text, and of headers where the association has no colour.</summary>
    public static readonly AccentColor InkColor = new(0x24, 0x1a, 0x20);

    public static readonly XLColor Ink = Of(InkColor);
    private static readonly XLColor Quiet = XLColor.FromHtml("#5B5057");
    private static readonly XLColor Shade = XLColor.FromHtml("#F5F1EC");
    private static readonly XLColor Line = XLColor.FromHtml("#E4DCD4");

    public static XLColor Of(AccentColor color) => XLColor.FromHtml(color.ToString());

    /// <summary>White or ink, whichever reads better on it.</summary>
    public static AccentColor TextOn(AccentColor ground) => AccentColor.White.ContrastTo(ground) >= InkColor.ContrastTo(ground) ? AccentColor.White : InkColor;

    /// <summary>As Excel writes it in a file; its user's settings choose the separators.</summary>
    public static string NumberFormat(CellFormat format, string dateFormat) =>
        format switch
        {
            CellFormat.Count => "#,##0",
            CellFormat.Year => "0",
            CellFormat.Money => "#,##0.00 \"€\"",
            CellFormat.Percent => "0.0 %",
            CellFormat.Date => dateFormat,
            _ => "@",
        };

    public static bool IsNumeric(CellFormat format) => format is not CellFormat.Text;

    public static void Title(IXLStyle style, XLColor color)
    {
        style.Font.FontSize = 16;
        style.Font.FontColor = color;
    }

    public static void Note(IXLStyle style)
    {
        style.Font.FontColor = Quiet;
        style.Alignment.WrapText = true;
        style.Alignment.Vertical = XLAlignmentVerticalValues.Top;
    }

    public static void Caption(IXLStyle style)
    {
        style.Font.FontSize = 13;
        style.Font.Bold = true;
    }

    public static void Header(IXLStyle style, CellFormat format, AccentColor ground)
    {
        style.Font.Bold = true;
        style.Font.FontColor = Of(TextOn(ground));
        style.Fill.BackgroundColor = Of(ground);
        style.Alignment.WrapText = true;
        style.Alignment.Vertical = XLAlignmentVerticalValues.Bottom;
        style.Alignment.Horizontal = IsNumeric(format) && format != CellFormat.Year ? XLAlignmentHorizontalValues.Right : XLAlignmentHorizontalValues.Left;
    }

    public static void Row(IXLStyle style)
    {
        style.Border.BottomBorder = XLBorderStyleValues.Hair;
        style.Border.BottomBorderColor = Line;
        style.Alignment.Vertical = XLAlignmentVerticalValues.Top;
    }

    public static void Emphasis(IXLStyle style)
    {
        style.Font.Bold = true;
        style.Fill.BackgroundColor = Shade;
    }

    public static void Totals(IXLStyle style)
    {
        style.Font.Bold = true;
        style.Border.TopBorder = XLBorderStyleValues.Thin;
        style.Border.TopBorderColor = Ink;
        style.Border.BottomBorder = XLBorderStyleValues.Double;
        style.Border.BottomBorderColor = Ink;
    }
}
