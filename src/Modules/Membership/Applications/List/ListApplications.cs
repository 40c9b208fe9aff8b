using System.Runtime.CompilerServices;
using Association.Membership.Applications.Model;
using Association.Membership.Data;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Lists;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.EntityFrameworkCore;

namespace Association.Membership.Applications.List;

/// <summary>Which applications.</summary>
/// <param name="Search">Part of a name, contact, town or mail address, or the number; empty for all.</param>
/// <param name="State">Null for all.</param>
/// <param name="Category">Code; null for all.</param>
/// <param name="Numbers">Only these, ticked one by one; null for all.</param>
internal sealed record ApplicationFilter(string Search = "", ApplicationState? State = null, string? Category = null, IReadOnlyList<string>? Numbers = null)
{
    /// <summary>The conditions on the rows <c>x</c>, without the state: its sums are told for all states.</summary>
    public SqlConditions ToSql() =>
        new SqlConditions(new { text = Search.Trim() })
            .When(
                Search.Trim() is { Length: > 0 } text ? $"%{SqlLike.Escape(text)}%" : null,
                "(x.search_text like platform.fold(@like) or x.number::text = @text)",
                "like"
            )
            .When(Category, "x.category = @category", "category")
            .When(Numbers?.ToArray(), "x.number::text = any (@numbers)", "numbers");
}

/// <summary>A page of applications, with how many there are in each state.</summary>
[Permission(ApplicationsFeature.Read)]
internal sealed record ListApplications(ApplicationFilter? Filter = null, string? After = null, int Size = 100, string? Sort = null, string? Before = null)
    : IQuery<ApplicationList>;

/// <summary>The answer.</summary>
/// <param name="Page">In the order asked for.</param>
/// <param name="States">How many in each state, over all that the search finds.</param>
internal sealed record ApplicationList(ListPage<ListedApplication> Page, IReadOnlyDictionary<ApplicationState, int> States)
{
    public int Count => States.Values.Sum();
}

/// <summary>A row.</summary>
/// <param name="Number">Of the application.</param>
/// <param name="Name">Of the applicant.</param>
/// <param name="Category">In the reader's language.</param>
/// <param name="Town">Where.</param>
/// <param name="ReceivedOn">Business date.</param>
/// <param name="State">How far it is.</param>
/// <param name="Member">Number of the member that it became; null before.</param>
internal sealed record ListedApplication(int Number, string Name, string Category, string Town, DateOnly ReceivedOn, ApplicationState State, string? Member);

internal static class ListApplicationsHandler
{
    private const string From = """
        from (select a.number, a.name, a.category, a.search_text, a.form ->> 'town' as town, a.received_at, m.number as member,
                     case when a.withdrawn_at is not null then 'withdrawn' when a.member_id is not null then 'accepted' when a.refusal is not null then 'refused'
                          when a.submitted_at is not null and a.ended_at is null then 'waiting' else 'new' end as state
                from membership.membership_application a left join membership.member m on m.id = a.member_id) x
        """;

    public static async Task<ApplicationList> HandleAsync(ListApplications query, MembershipDb db, CancellationToken ct)
    {
        var filter = query.Filter ?? new ApplicationFilter();
        var where = filter.ToSql();
        var states = (
            await (await db.ConnectionAsync(ct)).QueryAsync<(string State, int Count)>(
                new CommandDefinition(
                    $"select x.state, count(*)::int {From} where {where.Sql} group by x.state",
                    where.Parameters,
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        ).ToDictionary(s => EnumText.Parse<ApplicationState>(s.State), s => s.Count);
        var window = PageWindow.At(ApplicationsView.ApplicationOrders.Of(query.Sort), query.After, query.Before, query.Size);
        var names = await NamesAsync(db, ct);
        var rows = await RowsAsync(db, filter, window, ct).ToListAsync(ct);
        return new ApplicationList(window.Cut(rows, r => r.Edge).Of(r => r.Listed(names)), states);
    }

    /// <summary>All that the filter lets through, row by row as the database answers.</summary>
    public static async IAsyncEnumerable<ListedApplication> AllAsync(
        MembershipDb db,
        ApplicationFilter filter,
        string? sort,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var names = await NamesAsync(db, ct);
        await foreach (var row in RowsAsync(db, filter, PageWindow.Everything(ApplicationsView.ApplicationOrders.Of(sort)), ct))
            yield return row.Listed(names);
    }

    private static async IAsyncEnumerable<Row> RowsAsync(
        MembershipDb db,
        ApplicationFilter filter,
        PageWindow window,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var where = window.Within(filter.ToSql().When(filter.State is { } state ? EnumText.Of(state) : null, "x.state = @state", "state"));
        var rows = (await db.ConnectionAsync(ct)).QueryUnbufferedAsync<Row>(
            $"""
            select x.number, x.name, x.category, x.town, x.received_at as ReceivedAt, x.state, x.member, {window.EdgeSql} as Edge
            {From} where {where.Sql} order by {window.OrderSql} limit @limit
            """,
            where.Parameters,
            db.Transaction
        );
        await foreach (var row in rows.WithCancellation(ct))
            yield return row;
    }

    private static Task<Dictionary<string, string>> NamesAsync(MembershipDb db, CancellationToken ct)
    {
        var language = System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        return db.Set<Members.Model.Category>().AsNoTracking().ToDictionaryAsync(c => c.Code, c => c.NameIn(language), ct);
    }

    private sealed class Row
    {
        public int Number { get; init; }
        public required string Name { get; init; }
        public required string Category { get; init; }
        public required string Town { get; init; }
        public DateTime ReceivedAt { get; init; }
        public required string State { get; init; }
        public string? Member { get; init; }
        public required string[] Edge { get; init; }

        public ListedApplication Listed(Dictionary<string, string> categories) =>
            new(
                Number,
                Name,
                categories[Category],
                Town,
                new DateTimeOffset(ReceivedAt, TimeSpan.Zero).ToBusinessDate(),
                EnumText.Parse<ApplicationState>(State),
                Member
            );
    }
}

/// <summary>The list as a workbook: the columns of the table in its order, all pages of what is filtered.</summary>
/// <param name="List">Filter, order, columns.</param>
/// <param name="Output">Written to asynchronously; left open.</param>
[Permission(ApplicationsFeature.Read)]
internal sealed record ExportApplications(Association.Platform.Web.Lists.ListAddress<ApplicationFilter, ApplicationColumn> List, Stream Output) : IQuery<int>;

internal static class ExportApplicationsHandler
{
    public static Task<int> HandleAsync(ExportApplications query, MembershipDb db, ApplicationsView list, TimeProvider clock, CancellationToken ct) =>
        list.WriteAsync(
            query.Output,
            query.List.Columns.Shown,
            ListApplicationsHandler.AllAsync(db, query.List.Filter, query.List.Sort, ct),
            clock.GetUtcNow(),
            ct
        );
}
