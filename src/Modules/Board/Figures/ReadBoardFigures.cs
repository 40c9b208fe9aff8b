using Association.Platform.Messaging;
using Association.Platform.Web.Modules;

namespace Association.Board.Figures;

/// <summary>The key figures of a period beside those of the year before.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
[Permission(BoardModule.Read)]
internal sealed record ReadBoardFigures(DateOnly From, DateOnly To) : IQuery<IReadOnlyList<FigureGroup>>;

internal static class ReadBoardFiguresHandler
{
    public static Task<IReadOnlyList<Problem>> ValidateAsync(ReadBoardFigures query, ReportPeriods periods, CancellationToken ct) =>
        periods.ProblemsAsync(query.From, query.To, ct);

    public static Task<IReadOnlyList<FigureGroup>> HandleAsync(ReadBoardFigures query, BoardReader reader, CancellationToken ct) =>
        reader.FiguresAsync(new BoardPeriod(query.From, query.To), ct);
}
