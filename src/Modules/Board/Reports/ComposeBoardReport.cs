using System.Globalization;
using Association.Board.Figures;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Documents.Workbooks;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Board.Reports;

/// <summary>The workbook of a period as it would be made now; keeps nothing.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day, at most the end of this year.</param>
[Permission(BoardModule.Read)]
internal sealed record ComposeBoardReport(DateOnly From, DateOnly To) : IQuery<ComposedReport>;

/// <summary>A workbook.</summary>
/// <param name="FileName">„vorstandsbericht-2026.xlsx“.</param>
/// <param name="Bytes">The file.</param>
/// <param name="ControlsHold">Whether every control line is zero.</param>
internal sealed record ComposedReport(string FileName, byte[] Bytes, bool ControlsHold);

internal static class ComposeBoardReportHandler
{
    public static IEnumerable<Problem> Validate(ComposeBoardReport query, TimeProvider clock, IStringLocalizer<BoardTexts> texts) => ReportPeriod.Problems(query.From, query.To, clock, texts);

    public static async Task<ComposedReport> HandleAsync(
        ComposeBoardReport query, BoardReader reader, IAssociationProfiles profiles, CurrentUser user, TimeProvider clock, IStringLocalizer<BoardTexts> texts, CancellationToken ct)
    {
        var period = new BoardPeriod(query.From, query.To);
        var (now, association) = (clock.GetUtcNow(), (await profiles.CurrentAsync(ct)).Name);
        var (groups, sheets) = await reader.AllAsync(period, ct);
        var book = new ReportBook(
            texts["Overview.Title", BoardReader.Span(period)], association, now,
            new ReportWords(texts["Print.Page"], texts["Print.Of"], texts["Print.Nothing"], CultureInfo.CurrentCulture.TwoLetterISOLanguageName == "de" ? "dd.mm.yyyy" : "dd/mm/yyyy"),
            [OverviewSheet.Of(association, period, now, user.Actor.Name, groups, texts), .. sheets]);
        return new ComposedReport(ReportPeriod.FileName(period, texts), ReportWorkbook.Write(book), groups.All(g => g.ControlsHold));
    }
}

/// <summary>Which periods there are.</summary>
internal static class ReportPeriod
{
    private const int FirstYear = 1990;

    /// <summary>What is wrong with a period; nothing when it can be reported.</summary>
    public static IEnumerable<Problem> Problems(DateOnly from, DateOnly to, TimeProvider clock, IStringLocalizer<BoardTexts> texts)
    {
        var last = OfYear(clock.Today().Year).To;
        if (from.Year < FirstYear) yield return new Problem("from", texts["Problem.TooEarly", FirstYear]);
        if (to < from) yield return new Problem("to", texts["Problem.Order"]);
        else if (to > last) yield return new Problem("to", texts["Problem.TooLate", last]);
    }

    /// <summary>A calendar year.</summary>
    public static BoardPeriod OfYear(int year) => new(new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));

    /// <summary>„vorstandsbericht-2026.xlsx“, „vorstandsbericht-2026-04-01-2026-06-30.xlsx“.</summary>
    public static string FileName(BoardPeriod period, IStringLocalizer<BoardTexts> texts) =>
        string.Create(CultureInfo.InvariantCulture, $"{texts["File.Name"].Value}-{(period == OfYear(period.From.Year) ? $"{period.From.Year}" : $"{period.From:yyyy-MM-dd}-{period.To:yyyy-MM-dd}")}.xlsx");
}
