using System.Globalization;
using Association.Board.Figures;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Documents.Workbooks;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Board.Reports;

/// <summary>The workbook of a period as it would be made now; keeps nothing.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day, at most the end of this fiscal year.</param>
[Permission(BoardModule.Read)]
internal sealed record ComposeBoardReport(DateOnly From, DateOnly To) : IQuery<ComposedReport>;

/// <summary>A workbook.</summary>
/// <param name="FileName">„vorstandsbericht-2026.xlsx“.</param>
/// <param name="Bytes">The file.</param>
/// <param name="ControlsHold">Whether every control line is zero.</param>
internal sealed record ComposedReport(string FileName, byte[] Bytes, bool ControlsHold);

internal static class ComposeBoardReportHandler
{
    public static Task<IReadOnlyList<Problem>> ValidateAsync(ComposeBoardReport query, ReportPeriods periods, CancellationToken ct) =>
        periods.ProblemsAsync(query.From, query.To, ct);

    public static async Task<ComposedReport> HandleAsync(
        ComposeBoardReport query,
        BoardReader reader,
        IAssociationProfiles profiles,
        CurrentUser user,
        TimeProvider clock,
        IStringLocalizer<BoardTexts> texts,
        CancellationToken ct
    )
    {
        var period = new BoardPeriod(query.From, query.To);
        var (now, profile) = (clock.GetUtcNow(), await profiles.CurrentAsync(ct));
        var (groups, sheets) = await reader.AllAsync(period, ct);
        var book = new ReportBook(
            texts["Overview.Title", BoardReader.Span(period)],
            profile.Name,
            now,
            new ReportWords(
                texts["Print.Page"],
                texts["Print.Of"],
                texts["Print.Nothing"],
                CultureInfo.CurrentCulture.TwoLetterISOLanguageName == "de" ? "dd.mm.yyyy" : "dd/mm/yyyy"
            ),
            [
                OverviewSheet.Of(profile.Name, period, now, user.Actor.Name, groups, sheets.FirstOrDefault(s => s.ForOverview is not null)?.ForOverview, texts),
                .. sheets,
            ]
        )
        {
            Color = AccentColor.TryParse(profile.Color, out var own) ? own : null,
        };
        return new ComposedReport(ReportPeriods.FileName(period, texts), ReportWorkbook.Write(book), groups.All(g => g.ControlsHold));
    }
}
