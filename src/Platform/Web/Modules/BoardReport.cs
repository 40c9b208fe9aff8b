using Association.Platform.Documents.Workbooks;
using Npgsql;

namespace Association.Platform.Web.Modules;

/// <summary>A sheet of the board's workbook (Vorstandsbericht). A module registers implementations by having them; they are found by scanning.</summary>
[Contribution]
public interface IBoardReportSheet
{
    /// <summary>Position among the sheets; the overview is the first.</summary>
    int Order { get; }

    /// <summary>Reads it, in the reader's language.</summary>
    Task<ReportSheet> ReadAsync(BoardReading reading, CancellationToken ct);
}

/// <summary>Key figures of a module for the overview of the board's workbook and for the page. Found by scanning.</summary>
[Contribution]
public interface IBoardReportFigures
{
    /// <summary>Position among the groups of figures.</summary>
    int Order { get; }

    /// <summary>The group's heading, in the reader's language.</summary>
    string Title { get; }

    /// <summary>Reads the figures of a period; asked once for the report's period and once for the same period a year earlier.</summary>
    /// <returns>The same figures in the same order for every period.</returns>
    Task<IReadOnlyList<BoardFigure>> ReadAsync(BoardReading reading, CancellationToken ct);
}

/// <summary>What a part of the report reads from.</summary>
/// <param name="Period">The period.</param>
/// <param name="Connection">In a transaction in which nothing changes while the report is read: all its figures are of one moment.</param>
/// <param name="Today">The day on which the report is made: what has no history is as of then.</param>
public sealed record BoardReading(BoardPeriod Period, NpgsqlConnection Connection, DateOnly Today)
{
    /// <summary>The day on which ages are counted: the period's last day, and today while that is still to come.</summary>
    public DateOnly AsOf => Period.To < Today ? Period.To : Today;
}

/// <summary>The period of a report, both days included.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
public sealed record BoardPeriod(DateOnly From, DateOnly To)
{
    /// <summary>The same period a year earlier. A month's last day stays one.</summary>
    public BoardPeriod YearBefore => new(From.AddYears(-1), To.AddDays(1).AddYears(-1).AddDays(-1));

    /// <summary>The dues years that begin in the period; of a period without New Year the one that it lies in.</summary>
    public IReadOnlyList<int> DuesYears
    {
        get
        {
            var first = From is { Month: 1, Day: 1 } ? From.Year : From.Year + 1;
            return first > To.Year ? [To.Year] : [.. Enumerable.Range(first, To.Year - first + 1)];
        }
    }
}

/// <summary>A key figure of a period.</summary>
/// <param name="Key">Names it for the formulas of its group: <c>charged</c>.</param>
/// <param name="Name">In the reader's language.</param>
/// <param name="Format">How it is shown.</param>
public sealed record BoardFigure(string Key, string Name, CellFormat Format)
{
    /// <summary>The number; null when there is none, or when it is computed.</summary>
    public decimal? Number { get; init; }

    /// <summary>The day, of figures that are days.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Earlier figures of the group that this one adds up, each with 1 or −1.</summary>
    public IReadOnlyList<(string Key, int Sign)>? Sum { get; init; }

    /// <summary>Two earlier figures of the group of which this one is the ratio.</summary>
    public (string Part, string Whole)? Ratio { get; init; }

    /// <summary>Checks the others: it must be zero, and the report says so when it is not.</summary>
    public bool IsControl { get; init; }

    /// <summary>Stands among the few figures at the top of the page.</summary>
    public bool IsHeadline { get; init; }
}
