using Association.Platform.Messaging;
using Association.Platform.Web.Modules;

namespace Association.Board.Figures;

/// <summary>The key figures of a period beside those of the year before.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
[Permission(BoardModule.Read)]
internal sealed record ReadBoardFigures(DateOnly From, DateOnly To) : IQuery<IReadOnlyList<FigureGroup>>;

/// <summary>The key figures of the year that comes, of which some are there already: its dues are charged before it begins.</summary>
[Permission(BoardModule.Read)]
internal sealed record ReadFiguresAhead : IQuery<IReadOnlyList<FigureGroup>>;

internal static class ReadFiguresAheadHandler
{
    public static async Task<IReadOnlyList<FigureGroup>> HandleAsync(ReadFiguresAhead query, ReportPeriods periods, BoardReader reader, CancellationToken ct)
    {
        var year = await periods.YearAsync(null, ct);
        return await reader.FiguresAsync(new BoardPeriod(year.To.AddDays(1), year.To.AddDays(1).AddYears(1).AddDays(-1)), ct);
    }
}

internal static class ReadBoardFiguresHandler
{
    public static Task<IReadOnlyList<Problem>> ValidateAsync(ReadBoardFigures query, ReportPeriods periods, CancellationToken ct) =>
        periods.ProblemsAsync(query.From, query.To, ct);

    public static Task<IReadOnlyList<FigureGroup>> HandleAsync(ReadBoardFigures query, BoardReader reader, CancellationToken ct) =>
        reader.FiguresAsync(new BoardPeriod(query.From, query.To), ct);
}
