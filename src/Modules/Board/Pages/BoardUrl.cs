using Association.Platform.Web.Components;

namespace Association.Board.Pages;

/// <summary>The addresses of the board's workbook.</summary>
internal static class BoardUrl
{
    public const string Page = ShellPages.Today + "/board-report";

    /// <summary>A kept report.</summary>
    public static string File(Guid report) => $"{Page}/{report}/report.xlsx";

    /// <summary>The page with a period chosen.</summary>
    public static string Of(DateOnly from, DateOnly to) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Page}?from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}");
}
