using Association.Platform.Documents.Workbooks;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Board;

/// <summary>How many members there were, came and went.</summary>
internal sealed class MembershipFigures(IStringLocalizer<BoardTexts> texts) : IBoardReportFigures
{
    // Start and end are counted by themselves, not made of what came and went: the control line would hide a mistake otherwise.
    private const string Sql = """
        select count(*) filter (where coalesce(joined_on, '-infinity') < @From and coalesce(left_on, 'infinity') >= @From) as Start,
               count(*) filter (where joined_on between @From and @To) as Entered,
               count(*) filter (where left_on between @From and @To) as "Left",
               count(*) filter (where coalesce(joined_on, '-infinity') <= @To and coalesce(left_on, 'infinity') > @To) as "End"
          from membership.member
        """;

    public int Order => 100;

    public string Title => texts["Figures.Title"];

    public async Task<IReadOnlyList<BoardFigure>> ReadAsync(BoardReading reading, CancellationToken ct)
    {
        var found = await reading.Connection.QuerySingleAsync<(long Start, long Entered, long Left, long End)>(
            new CommandDefinition(Sql, new { reading.Period.From, reading.Period.To }, cancellationToken: ct)
        );
        return
        [
            Of("start") with
            {
                Number = found.Start,
            },
            Of("in") with
            {
                Number = found.Entered,
            },
            Of("out") with
            {
                Number = found.Left,
            },
            Of("end") with
            {
                Number = found.End,
                IsHeadline = true,
            },
            Of("control") with
            {
                Sum = [("start", 1), ("in", 1), ("out", -1), ("end", -1)],
                IsControl = true,
            },
        ];
    }

    private BoardFigure Of(string key) => new(key, texts["Figure." + key], CellFormat.Count);
}
