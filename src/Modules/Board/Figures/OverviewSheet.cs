using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Workbooks;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Board.Figures;

/// <summary>The first sheet: whose report, of which period, made when and by whom, a chart, and the key figures of all modules with last year beside.</summary>
internal static class OverviewSheet
{
    public static ReportSheet Of(
        string association,
        BoardPeriod period,
        DateTimeOffset createdAt,
        string createdBy,
        IReadOnlyList<FigureGroup> groups,
        ReportChart? chart,
        IStringLocalizer<BoardTexts> texts
    ) =>
        new(
            texts["Overview.Sheet"],
            texts["Overview.Title", BoardReader.Span(period)],
            [
                groups.All(g => g.ControlsHold) ? texts["Overview.ControlsHold"] : texts["Overview.ControlsDiffer"],
                .. InFuture(period, createdAt) ? [texts["Overview.Running", Formats.Of(createdAt.ToBusinessDate())].Value] : Array.Empty<string>(),
            ],
            [.. groups.Select(g => g.Table)]
        )
        {
            Chart = chart,
            Facts =
            [
                (texts["Overview.Association"], association),
                (texts["Overview.Period"], texts["Overview.FromTo", Formats.Of(period.From), Formats.Of(period.To)]),
                (texts["Overview.CreatedAt"], Formats.Of(createdAt)),
                (texts["Overview.CreatedBy"], createdBy),
            ],
        };

    private static bool InFuture(BoardPeriod period, DateTimeOffset createdAt) => period.To > createdAt.ToBusinessDate();
}
