using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Workbooks;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Board.Figures;

/// <summary>Asks the modules for their figures and sheets, all as of one moment: nobody's payment comes in between two sheets.</summary>
internal sealed class BoardReader(
    OfficeDatabase database,
    IEnumerable<IBoardReportFigures> figures,
    IEnumerable<IBoardReportSheet> sheets,
    TimeProvider clock,
    IStringLocalizer<BoardTexts> texts
)
{
    // The report reads the books from end to end. Planned by what the server knew of them before a run, a join would go through all postings once for each
    // invoice: 4.5 s for 1,000 members, 135 s for 25,000.
    private const string WholeBooks = "set local enable_nestloop = off";

    /// <summary>The key figures only.</summary>
    public async Task<IReadOnlyList<FigureGroup>> FiguresAsync(BoardPeriod period, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var moment = await connection.BeginMomentAsync(ct);
        return await FiguresAsync(new BoardReading(period, connection, clock.Today()), ct);
    }

    /// <summary>The key figures and every sheet.</summary>
    public async Task<(IReadOnlyList<FigureGroup> Figures, IReadOnlyList<ReportSheet> Sheets)> AllAsync(BoardPeriod period, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var moment = await connection.BeginMomentAsync(ct);
        var reading = new BoardReading(period, connection, clock.Today());
        var groups = await FiguresAsync(reading, ct);
        var read = new List<ReportSheet>();
        foreach (var sheet in sheets.OrderBy(s => s.Order))
            read.Add(await sheet.ReadAsync(reading, ct));
        return (groups, read);
    }

    private async Task<IReadOnlyList<FigureGroup>> FiguresAsync(BoardReading reading, CancellationToken ct)
    {
        await reading.Connection.ExecuteAsync(new CommandDefinition(WholeBooks, cancellationToken: ct));
        var before = reading with { Period = reading.Period.YearBefore };
        var headers = (Span(reading.Period), Span(before.Period), texts["Overview.Difference"].Value);
        var groups = new List<FigureGroup>();
        foreach (var group in figures.OrderBy(f => f.Order))
            groups.Add(
                FigureGroup.Of($"Kennzahlen{groups.Count + 1}", group.Title, headers, await group.ReadAsync(reading, ct), await group.ReadAsync(before, ct))
            );
        return groups;
    }

    /// <summary>From the first of January to the last of December.</summary>
    public static bool IsCalendarYear(BoardPeriod period) => period.From is { Day: 1, Month: 1 } && period.To == new DateOnly(period.From.Year, 12, 31);

    /// <summary>„2026“, or „01.04.2026 – 30.06.2026“.</summary>
    public static string Span(BoardPeriod period) =>
        IsCalendarYear(period)
            ? period.From.Year.ToString(System.Globalization.CultureInfo.InvariantCulture)
            : $"{Formats.Of(period.From)} – {Formats.Of(period.To)}";
}
