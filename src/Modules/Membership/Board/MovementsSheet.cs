using Association.Membership.Dues.Preview;
using Association.Membership.Members;
using Association.Membership.Members.Model;
using Association.Platform.Data;
using Association.Platform.Documents.Workbooks;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Board;

/// <summary><em>Bewegungen</em>: who came, went or changed the category, day by day.</summary>
internal sealed class MovementsSheet(IStringLocalizer<BoardTexts> texts, IStringLocalizer<MembersTexts> members) : IBoardReportSheet
{
    private static readonly string Sql = $"""
        with {BoardCategories.Present},
        names as (select c.code, {BoardCategories.Name} as name from membership.category c),
        movement as (
          select m.number, m.name, 'entry' as kind, m.joined_on as day, null::text as from_category, m.first_category as category, null::text as reason,
            null::date as notice
            from present m where m.entered
          union all
          select m.number, m.name, 'exit', m.left_on, null, m.last_category, m.left_reason, m.notice_received_on from present m where m.left_within
          union all
          select m.number, m.name, 'change', make_date(year, 1, 1), {BoardCategories.On("make_date(year, 1, 1) - 1")}, {BoardCategories.On(
            "make_date(year, 1, 1)"
        )}, null, null
            from present m, generate_series(extract(year from @From::date)::int, extract(year from @To::date)::int) as year
           where make_date(year, 1, 1) between @From and @To and coalesce(m.joined_on, '-infinity') < make_date(year, 1, 1)
             and coalesce(m.left_on, 'infinity') >= make_date(year, 1, 1)
             and {BoardCategories.On("make_date(year, 1, 1) - 1")} <> {BoardCategories.On("make_date(year, 1, 1)")})
        select m.number as Number, m.name as Name, m.kind as Kind, m.day as Day, f.name as FromCategory, c.name as Category, m.reason as Reason,
          m.notice as Notice
          from movement m join names c on c.code = m.category left join names f on f.code = m.from_category
         order by m.day, m.name, m.number
        """;

    public int Order => 110;

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
            .Text(texts["Column.Number"], r => r.Number)
            .Text(texts["Column.Name"], r => r.Name)
            .Text(texts["Column.Kind"], r => texts["Movement." + r.Kind])
            .Date(texts["Column.Day"], r => r.Day)
            .Text(texts["Column.Category"], r => r.FromCategory is { } before ? texts["Movement.FromTo", before, r.Category] : r.Category)
            .Text(texts["Column.Ground"], Ground)
            .Table("Bewegungen", rows);
        return new ReportSheet(texts["Movements.Sheet"], texts["Movements.Title", Formats.Of(from), Formats.Of(to)], [texts["Movements.Note"]], table)
        {
            Main = table,
        };
    }

    private string? Ground(Row row)
    {
        if (row.Reason is null)
            return null;
        var reason = members["Reason." + EnumText.Parse<LeavingReason>(row.Reason)].Value;
        return row.Notice is { } received ? texts["Movement.Notice", reason, Formats.Of(received)] : reason;
    }

    private sealed class Row
    {
        public string Number { get; init; } = "";

        public string Name { get; init; } = "";

        public string Kind { get; init; } = "";

        public DateOnly Day { get; init; }

        public string? FromCategory { get; init; }

        public string Category { get; init; } = "";

        public string? Reason { get; init; }

        public DateOnly? Notice { get; init; }
    }
}
