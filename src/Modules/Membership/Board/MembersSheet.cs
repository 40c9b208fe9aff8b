using Association.Membership.Dues.Preview;
using Association.Platform.Documents.Workbooks;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Board;

/// <summary><em>Mitglieder</em>: category by category, from the start of the period to its end.</summary>
internal sealed class MembersSheet(IStringLocalizer<BoardTexts> texts) : IBoardReportSheet
{
    private static readonly string Sql = $"""
        with {BoardCategories.Present}
        select {BoardCategories.Name} as Category,
               count(*) filter (where p.at_start and p.first_category = c.code) as Start,
               count(*) filter (where p.entered and p.first_category = c.code) as Entered,
               count(*) filter (where p.left_within and p.last_category = c.code) as "Left",
               coalesce(sum((p.last_category = c.code)::int - (p.first_category = c.code)::int), 0) as Changed,
               count(*) filter (where p.at_end and p.last_category = c.code) as "End"
          from membership.category c left join present p on c.code in (p.first_category, p.last_category)
         group by c.code, c.position order by c.position
        """;

    public int Order => 100;

    public async Task<ReportSheet> ReadAsync(BoardReading reading, CancellationToken ct)
    {
        var (from, to) = (reading.Period.From, reading.Period.To);
        var rows = await reading.Connection.QueryAsync<Row>(
            new CommandDefinition(
                Sql,
                new
                {
                    From = from,
                    To = to,
                    DuesReading.Language,
                },
                cancellationToken: ct
            )
        );
        var table = new ReportColumns<Row>()
            .Text(texts["Column.Category"], r => r.Category, total: texts["Column.Sum"])
            .Count(texts["Column.Start", Formats.Of(from)], r => r.Start, total: true)
            .Count(texts["Column.Entries"], r => r.Entered, total: true)
            .Count(texts["Column.Exits"], r => r.Left, total: true)
            .Count(texts["Column.Changes"], r => r.Changed, total: true)
            .Count(texts["Column.End", Formats.Of(to)], r => r.End, total: true)
            .Table("Mitglieder", rows);
        return new ReportSheet(texts["Members.Sheet"], texts["Members.Title", Formats.Of(from), Formats.Of(to)], [texts["Members.Note"]], table)
        {
            Main = table,
        };
    }

    private sealed class Row
    {
        public string Category { get; init; } = "";

        public long Start { get; init; }

        public long Entered { get; init; }

        public long Left { get; init; }

        public long Changed { get; init; }

        public long End { get; init; }
    }
}
