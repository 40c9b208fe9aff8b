using Association.Events.Planning.Model;
using Association.Platform.Data;
using Association.Platform.Data.Lists;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Events.Publishing;

/// <summary>A page of the public calendar: what comes, the next one first, or what is over, the latest first.</summary>
/// <param name="Kind">Null for all.</param>
/// <param name="Past">What is over.</param>
/// <param name="After">The rows behind this edge.</param>
/// <param name="Before">The rows ahead of this edge.</param>
/// <param name="Size">Rows a page.</param>
[AnyoneMay("It is the public calendar.")]
internal sealed record ListPublicEvents(EventKind? Kind = null, bool Past = false, string? After = null, string? Before = null, int Size = 50)
    : IQuery<ListPage<PublicEvent>>;

/// <summary>A row of the public calendar.</summary>
internal sealed class PublicEvent
{
    public required string Slug { get; init; }
    public required string Kind { get; init; }
    public required string Stage { get; init; }
    public required string Visibility { get; init; }

    /// <summary>Clock in Germany.</summary>
    public DateTime Starts { get; init; }

    /// <summary>Clock in Germany.</summary>
    public DateTime Ends { get; init; }

    /// <summary>In the reader's language, or in German.</summary>
    public required string Title { get; init; }

    /// <summary>Of the title.</summary>
    public required string TitleLanguage { get; init; }

    /// <summary>In the reader's language, or in German.</summary>
    public required string Summary { get; init; }

    /// <summary>Of the summary.</summary>
    public required string SummaryLanguage { get; init; }

    /// <summary>House and town; may be empty.</summary>
    public required string Place { get; init; }

    public bool Online { get; init; }
    public required string[] Edge { get; init; }

    public DateOnly Day => DateOnly.FromDateTime(Starts);
}

internal static class ListPublicEventsHandler
{
    private static readonly SortKey[] Keys = [new("x.starts::text", "text"), new("x.number", "int")];

    public static async Task<ListPage<PublicEvent>> HandleAsync(ListPublicEvents query, OfficeDatabase database, TimeProvider clock, CancellationToken ct)
    {
        var window = PageWindow.At(new ListOrder("starts", Keys, query.Past), query.After, query.Before, query.Size);
        var where = window.Within(
            new SqlConditions(new { now = clock.GetUtcNow().ToClock(), language = Words.Reader })
                .And("x.stage <> 'Draft'")
                .And("x.visibility <> 'Invited'")
                .And(query.Past ? "x.ends <= @now" : "x.ends > @now")
                .When(query.Kind?.ToString(), "x.kind = @kind", "kind")
        );
        await using var connection = await database.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<PublicEvent>(
            new CommandDefinition(
                $"""
                select x.slug, x.kind, x.stage, x.visibility, x.starts, x.ends,
                       coalesce(nullif(x.data -> 'title' ->> @language, ''), x.titlede) as title,
                       case when x.data -> 'title' ->> @language <> '' then @language else 'de' end as TitleLanguage,
                       coalesce(nullif(x.data -> 'summary' ->> @language, ''), x.data -> 'summary' ->> 'de', '') as summary,
                       case when x.data -> 'summary' ->> @language <> '' then @language else 'de' end as SummaryLanguage,
                       concat_ws(', ', nullif(x.data -> 'venue' ->> 'name', ''), nullif(x.data -> 'venue' ->> 'town', '')) as place,
                       coalesce((x.data ->> 'online')::bool, false) as online, {window.EdgeSql} as Edge
                  from events.mt_doc_eventplan x where {where.Sql} order by {window.OrderSql} limit @limit
                """,
                where.Parameters,
                cancellationToken: ct
            )
        );
        return window.Cut(rows.AsList(), r => r.Edge);
    }
}
