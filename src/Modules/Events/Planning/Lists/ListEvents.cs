using System.Runtime.CompilerServices;
using Association.Events.Planning.Model;
using Association.Platform.Data;
using Association.Platform.Data.Lists;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Events.Planning.Lists;

/// <summary>How far an event is, as a list shows it: a published one that lies behind us is over.</summary>
internal enum ShownStage
{
    Draft,
    Published,
    Over,
    Cancelled,
}

/// <summary>Which events.</summary>
/// <param name="Search">Part of a title, series or place, or the number; empty for all.</param>
/// <param name="Stage">Null for all.</param>
/// <param name="Kind">Null for all.</param>
/// <param name="Year">In which they start; null for all.</param>
/// <param name="Numbers">Only these, ticked one by one; null for all.</param>
internal sealed record EventFilter(
    string Search = "",
    ShownStage? Stage = null,
    EventKind? Kind = null,
    int? Year = null,
    IReadOnlyList<string>? Numbers = null
)
{
    /// <summary>The conditions on the rows <c>x</c>, without the stage: its sums are told for all stages.</summary>
    public SqlConditions ToSql(DateTimeOffset now) =>
        new SqlConditions(new { text = Search.Trim(), now = now.ToClock() })
            .When(
                Search.Trim() is { Length: > 0 } text ? $"%{SqlLike.Escape(text)}%" : null,
                "(x.search_text like platform.fold(@like) or x.number::text = @text)",
                "like"
            )
            .When(Kind?.ToString(), "x.kind = @kind", "kind")
            .When(Year, "extract(year from x.starts) = @year", "year")
            .When(Numbers?.ToArray(), "x.number::text = any (@numbers)", "numbers");
}

/// <summary>A page of events, with how many there are in each stage.</summary>
[Permission(PlanningFeature.Read)]
internal sealed record ListEvents(EventFilter? Filter = null, string? After = null, int Size = 100, string? Sort = null, string? Before = null)
    : IQuery<EventList>;

/// <summary>The answer.</summary>
/// <param name="Page">In the order asked for.</param>
/// <param name="Stages">How many in each stage, over all that the search finds.</param>
internal sealed record EventList(ListPage<ListedEvent> Page, IReadOnlyDictionary<ShownStage, int> Stages)
{
    public int Count => Stages.Values.Sum();
}

/// <summary>A row.</summary>
/// <param name="Number">Of the event.</param>
/// <param name="Slug">In its public address.</param>
/// <param name="Title">In the reader's language, or German.</param>
/// <param name="Kind">What sort.</param>
/// <param name="Starts">Clock in Germany.</param>
/// <param name="Ends">Clock in Germany.</param>
/// <param name="Place">House and town, or nothing.</param>
/// <param name="Online">Whether people can take part from afar.</param>
/// <param name="Seats">Of the whole event; null without limit.</param>
/// <param name="Stage">How far it is.</param>
internal sealed record ListedEvent(
    int Number,
    string Slug,
    string Title,
    EventKind Kind,
    DateTime Starts,
    DateTime Ends,
    string Place,
    bool Online,
    int? Seats,
    ShownStage Stage
)
{
    public DateOnly Day => DateOnly.FromDateTime(Starts);
}

internal static class ListEventsHandler
{
    private const string From = """
        from (select e.number, e.slug, e.titlede, e.kind, e.starts, e.ends, e.data,
                     coalesce(nullif(e.data -> 'title' ->> @language, ''), e.titlede) as title,
                     concat_ws(', ', nullif(e.data -> 'venue' ->> 'name', ''), nullif(e.data -> 'venue' ->> 'town', '')) as place,
                     platform.fold(concat_ws(' ', e.titlede, e.data -> 'title' ->> 'fr', e.data -> 'title' ->> 'en', e.data ->> 'series',
                       e.data -> 'venue' ->> 'name', e.data -> 'venue' ->> 'town')) as search_text,
                     case when e.stage = 'Published' and e.ends <= @now then 'Over' else e.stage end as stage
                from events.mt_doc_eventplan e) x
        """;

    public static async Task<EventList> HandleAsync(ListEvents query, OfficeDatabase database, TimeProvider clock, CancellationToken ct)
    {
        var filter = query.Filter ?? new EventFilter();
        var where = Conditions(filter, clock);
        await using var connection = await database.OpenConnectionAsync(ct);
        var stages = (
            await connection.QueryAsync<(string Stage, int Count)>(
                new CommandDefinition($"select x.stage, count(*)::int {From} where {where.Sql} group by x.stage", where.Parameters, cancellationToken: ct)
            )
        ).ToDictionary(s => Enum.Parse<ShownStage>(s.Stage), s => s.Count);
        var window = PageWindow.At(EventsView.EventOrders.Of(query.Sort), query.After, query.Before, query.Size);
        var rows = await RowsAsync(connection, filter, window, clock, ct).ToListAsync(ct);
        return new EventList(window.Cut(rows, r => r.Edge).Of(r => r.Listed), stages);
    }

    /// <summary>All that the filter lets through, row by row as the database answers.</summary>
    public static async IAsyncEnumerable<ListedEvent> AllAsync(
        OfficeDatabase database,
        EventFilter filter,
        string? sort,
        TimeProvider clock,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await foreach (var row in RowsAsync(connection, filter, PageWindow.Everything(EventsView.EventOrders.Of(sort)), clock, ct))
            yield return row.Listed;
    }

    private static async IAsyncEnumerable<Row> RowsAsync(
        HeldConnection connection,
        EventFilter filter,
        PageWindow window,
        TimeProvider clock,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var where = window.Within(Conditions(filter, clock).When(filter.Stage?.ToString(), "x.stage = @stage", "stage"));
        var rows = connection.QueryUnbufferedAsync<Row>(
            $"""
            select x.number, x.slug, x.title, x.kind, x.starts, x.ends, x.place, (x.data ->> 'online')::bool as online,
                   (x.data -> 'registration' ->> 'seats')::int as seats, x.stage, {window.EdgeSql} as Edge
            {From} where {where.Sql} order by {window.OrderSql} limit @limit
            """,
            where.Parameters
        );
        await foreach (var row in rows.WithCancellation(ct))
            yield return row;
    }

    private static SqlConditions Conditions(EventFilter filter, TimeProvider clock)
    {
        var where = filter.ToSql(clock.GetUtcNow());
        where.Parameters.Add("language", Words.Reader);
        return where;
    }

    private sealed class Row
    {
        public int Number { get; init; }
        public required string Slug { get; init; }
        public required string Title { get; init; }
        public required string Kind { get; init; }
        public DateTime Starts { get; init; }
        public DateTime Ends { get; init; }
        public required string Place { get; init; }
        public bool? Online { get; init; }
        public int? Seats { get; init; }
        public required string Stage { get; init; }
        public required string[] Edge { get; init; }

        public ListedEvent Listed =>
            new(Number, Slug, Title, Enum.Parse<EventKind>(Kind), Starts, Ends, Place, Online ?? false, Seats, Enum.Parse<ShownStage>(Stage));
    }
}

/// <summary>The list as a workbook: the columns of the table in its order, all pages of what is filtered.</summary>
/// <param name="List">Filter, order, columns.</param>
/// <param name="Output">Written to asynchronously; left open.</param>
[Permission(PlanningFeature.Read)]
internal sealed record ExportEvents(Association.Platform.Web.Lists.ListAddress<EventFilter, EventColumn> List, Stream Output) : IQuery<int>;

internal static class ExportEventsHandler
{
    public static Task<int> HandleAsync(ExportEvents query, OfficeDatabase database, EventsView list, TimeProvider clock, CancellationToken ct) =>
        list.WriteAsync(
            query.Output,
            query.List.Columns.Shown,
            ListEventsHandler.AllAsync(database, query.List.Filter, query.List.Sort, clock, ct),
            clock.GetUtcNow(),
            ct
        );
}
