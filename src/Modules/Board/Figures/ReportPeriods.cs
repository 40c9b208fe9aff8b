using System.Globalization;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Board.Figures;

/// <summary>Which periods there are; years are the fiscal years of the settings.</summary>
internal sealed class ReportPeriods(IOfficeRules rules, TimeProvider clock, IStringLocalizer<BoardTexts> texts)
{
    private const int FirstYear = 1990;

    /// <summary>The fiscal year of a day; without one, the running year.</summary>
    public async Task<BoardPeriod> YearAsync(DateOnly? day, CancellationToken ct)
    {
        var (from, to) = (await rules.CurrentAsync(ct)).Bookkeeping.FiscalYearOf(day ?? clock.Today());
        return new BoardPeriod(from, to);
    }

    /// <summary>What is wrong with a period; nothing when it can be reported.</summary>
    public async Task<IReadOnlyList<Problem>> ProblemsAsync(DateOnly from, DateOnly to, CancellationToken ct)
    {
        var problems = new List<Problem>();
        var last = (await YearAsync(null, ct)).To;
        if (last < new DateOnly(clock.Today().Year, 12, 31))
            last = new DateOnly(clock.Today().Year, 12, 31); // dues are owed by the calendar year, whatever the books follow
        if (from.Year < FirstYear)
            problems.Add(new Problem("from", texts["Problem.TooEarly", FirstYear]));
        if (to < from)
            problems.Add(new Problem("to", texts["Problem.Order"]));
        else if (to > last)
            problems.Add(new Problem("to", texts["Problem.TooLate", last]));
        return problems;
    }

    /// <summary>„vorstandsbericht-2026.xlsx“, „vorstandsbericht-2026-04-01-2026-06-30.xlsx“.</summary>
    public static string FileName(BoardPeriod period, IStringLocalizer<BoardTexts> texts) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{texts["File.Name"].Value}-{(BoardReader.IsCalendarYear(period) ? $"{period.From.Year}" : $"{period.From:yyyy-MM-dd}-{period.To:yyyy-MM-dd}")}.xlsx"
        );
}
