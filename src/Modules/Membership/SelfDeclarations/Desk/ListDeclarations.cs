using System.Runtime.CompilerServices;
using Association.Membership.Data;
using Association.Membership.SelfDeclarations.Sending;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Lists;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Membership.SelfDeclarations.Desk;

/// <summary>A page of the requests of a round, with how many are how far.</summary>
/// <param name="Filter">Which; null for all of the newest round.</param>
/// <param name="After">The rows behind this edge.</param>
/// <param name="Size">Rows a page.</param>
/// <param name="Sort">The order; null for by name.</param>
/// <param name="Before">The rows ahead of this edge.</param>
[Permission(SelfDeclarationsFeature.Read)]
internal sealed record ListDeclarations(DeclarationFilter? Filter = null, string? After = null, int Size = 100, string? Sort = null, string? Before = null)
    : IQuery<DeclarationList>;

/// <summary>Which requests.</summary>
/// <param name="Year">Dues year; null for the newest round.</param>
/// <param name="Search">Part of a member's name, number or address; empty for all.</param>
/// <param name="State">Null for all.</param>
/// <param name="Silent">Asked and without an answer: open or drafted.</param>
/// <param name="Numbers">Only these members, ticked one by one; null for all.</param>
internal sealed record DeclarationFilter(
    int? Year = null,
    string Search = "",
    DeclarationState? State = null,
    bool Silent = false,
    IReadOnlyList<string>? Numbers = null
)
{
    /// <summary>The conditions on the rows <c>d</c>, without state: it is counted for all of them.</summary>
    public SqlConditions ToSql() =>
        new SqlConditions(new { year = Year, text = Search.Trim() })
            .And("d.year = coalesce(@year::int, (select max(year) from membership.declaration_round))")
            .When(
                Search.Trim() is { Length: > 0 } text ? $"%{SqlLike.Escape(text)}%" : null,
                "(d.search_text like platform.fold(@like) or d.number = @text)",
                "like"
            )
            .When(Silent ? true : null, "d.state in ('open', 'draft') and @silent", "silent")
            .When(Numbers?.ToArray(), "d.number = any (@numbers)", "numbers");
}

/// <summary>A request in the list.</summary>
internal sealed record DeclarationRow
{
    public Guid Id { get; init; }
    public int Year { get; init; }
    public required string Number { get; init; }
    public required string Name { get; init; }
    public required string Measure { get; init; }
    public int? LastValue { get; init; }
    public int? Value { get; init; }
    public required string StateText { get; init; }
    public required string WayText { get; init; }
    public string? ObstacleText { get; init; }
    public string? Phone { get; init; }
    public string? Contact { get; init; }
    public string? Email { get; init; }
    public required string AnsweredBy { get; init; }
    public DateTime? AnsweredAt { get; init; }
    public DateTime? SentAt { get; init; }
    public int? LastNumber { get; init; }
    public required string[] Edge { get; init; }

    public DeclarationState State => EnumText.Parse<DeclarationState>(StateText);

    public DeclarationWay Way => EnumText.Parse<DeclarationWay>(WayText);

    public DeclarationObstacle? Obstacle => ObstacleText is { } text ? EnumText.Parse<DeclarationObstacle>(text) : null;

    public DateOnly? AnsweredOn => AnsweredAt is { } at ? new DateTimeOffset(at, TimeSpan.Zero).ToBusinessDate() : null;

    public DateOnly? SentOn => SentAt is { } at ? new DateTimeOffset(at, TimeSpan.Zero).ToBusinessDate() : null;
}

/// <summary>A page of requests.</summary>
/// <param name="Page">In the order asked for.</param>
/// <param name="States">How many of the round and search are how far; only those that there are.</param>
/// <param name="Round">The round; null when there is none.</param>
/// <param name="Remindable">Whom a reminder by hand would reach.</param>
/// <param name="Plausible">What can be confirmed in one go.</param>
internal sealed record DeclarationList(
    ListPage<DeclarationRow> Page,
    IReadOnlyDictionary<DeclarationState, int> States,
    DeclarationRound? Round,
    int Remindable,
    PlausibleAnswers Plausible
)
{
    public int Count => States.Values.Sum();

    public int With(params DeclarationState[] states) => states.Sum(s => States.GetValueOrDefault(s));
}

/// <summary>Answers that can be confirmed in one go.</summary>
/// <param name="Count">How many.</param>
/// <param name="Seen">Of which numbers; when they are others by now, nothing is confirmed.</param>
internal sealed record PlausibleAnswers(int Count, string Seen)
{
    /// <summary>The rows <c>d</c> that are meant: within last year's limits, with no other value of that day.</summary>
    public const string Condition = "d.state = 'answered' and not d.has_value";

    public static async Task<PlausibleAnswers> ReadAsync(MembershipDb db, Guid round, CancellationToken ct)
    {
        var (count, seen) = await (await db.ConnectionAsync(ct)).QuerySingleAsync<(int, string)>(
            new CommandDefinition(
                $"""
                select count(*)::int, md5(coalesce(string_agg(d.id::text || ' ' || d.value, ',' order by d.id), ''))
                  from membership.declaration d where d.round_id = @round and {Condition}
                """,
                new { round },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return new PlausibleAnswers(count, seen);
    }
}

internal static class ListDeclarationsHandler
{
    public static async Task<DeclarationList> HandleAsync(ListDeclarations query, MembershipDb db, TimeProvider clock, CancellationToken ct)
    {
        var filter = query.Filter ?? new DeclarationFilter();
        var rounds = await DeclarationRound.AllAsync(db, ct);
        var round =
            filter.Year is { } year ? rounds.FirstOrDefault(r => r.Year == year)
            : rounds is [var newest, ..] ? newest
            : null;
        var where = filter.ToSql();
        var states = (
            await (await db.ConnectionAsync(ct)).QueryAsync<(string State, int Count)>(
                new CommandDefinition(
                    $"select d.state, count(*)::int from membership.declaration d where {where.Sql} group by d.state",
                    where.Parameters,
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        ).ToDictionary(s => EnumText.Parse<DeclarationState>(s.State), s => s.Count);
        var window = PageWindow.At(DeclarationsView.DeclarationOrders.Of(query.Sort), query.After, query.Before, query.Size);
        var rows = await RowsAsync(db, filter, window, ct).ToListAsync(ct);
        return new DeclarationList(
            window.Cut(rows, r => r.Edge),
            states,
            round,
            round is null ? 0 : await RemindDeclarationsHandler.CountAsync(db, round.Id, clock.Today(), ct),
            round is null ? new PlausibleAnswers(0, "") : await PlausibleAnswers.ReadAsync(db, round.Id, ct)
        );
    }

    /// <summary>All that the filter lets through, row by row as the database answers.</summary>
    public static IAsyncEnumerable<DeclarationRow> AllAsync(MembershipDb db, DeclarationFilter filter, string? sort, CancellationToken ct) =>
        RowsAsync(db, filter, PageWindow.Everything(DeclarationsView.DeclarationOrders.Of(sort)), ct);

    private static async IAsyncEnumerable<DeclarationRow> RowsAsync(
        MembershipDb db,
        DeclarationFilter filter,
        PageWindow window,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var where = window.Within(filter.ToSql().When(filter.State is { } state ? EnumText.Of(state) : null, "d.state = @state", "state"));
        var rows = (await db.ConnectionAsync(ct)).QueryUnbufferedAsync<DeclarationRow>(
            $"""
            select d.id, d.year, d.number, d.name, d.measure, d.last_value as LastValue, d.value, d.state as StateText, d.way as WayText,
                   d.hindrance as ObstacleText, coalesce(d.phone, c.phone) as Phone, c.name as Contact, d.email, d.answered_by as AnsweredBy,
                   d.answered_at as AnsweredAt, d.sent_at as SentAt, d.last_number as LastNumber, {window.EdgeSql} as Edge
              from membership.declaration d
              left join lateral (select p.name, p.phone from membership.contact p where p.member_id = d.member_id
                                  order by p.phone is null, p.name limit 1) c on true
             where {where.Sql} order by {window.OrderSql} limit @limit
            """,
            where.Parameters,
            db.Transaction
        );
        await foreach (var row in rows.WithCancellation(ct))
            yield return row;
    }
}
