using System.Data.Common;
using System.Runtime.CompilerServices;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.List.Filtering;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Lists;
using Dapper;
using Npgsql;

namespace Association.Membership.Members.List.Rows;

/// <summary>A line of the list: category and dues are those of today and of the present year.</summary>
internal sealed record MemberRow(
    MemberId Id,
    string Number,
    string Name,
    string Category,
    string Town,
    DateOnly? JoinedOn,
    DateOnly? LeftOn,
    PaymentRoute Route,
    Money? Dues,
    bool ToClarify
)
{
    public string PostalCode { get; init; } = "";
    public string Street { get; init; } = "";
    public string? Email { get; init; }
    public string? Phone { get; init; }

    /// <summary>Another recipient of documents; null when the member gets them.</summary>
    public string? Recipient { get; init; }

    /// <summary>The newest value that the dues of the category are measured by; only when that column is wanted.</summary>
    public int? Value { get; init; }

    /// <summary>By name; only when that column is wanted.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    public MemberStatus StatusOn(DateOnly today) => MemberStatuses.Of(JoinedOn, LeftOn, today);
}

/// <summary>The statements behind the list: a page of it, and all of it row by row for the workbook.</summary>
internal static class MemberRows
{
    /// <summary>What an import says of the dues of the present year.</summary>
    public const string PriorOfYear = "(select member_id, amount from membership.prior_dues where year = extract(year from @today::date))";

    /// <summary>What was charged for the present year.</summary>
    public const string ChargedOfYear = """
        (select c.member_id, sum(c.amount) as amount from membership.charge c join membership.dues_run r on r.id = c.run_id
          where c.period = extract(year from @today::date) and c.voided_at is null and r.state in ('executing', 'executed') group by c.member_id)
        """;

    /// <summary>What was charged counts; before the run, what an import says.</summary>
    public const string Dues = $"left join {PriorOfYear} d on d.member_id = m.id left join {ChargedOfYear} charged on charged.member_id = m.id";

    /// <summary>The same as a list of its own.</summary>
    public const string DuesOfYear =
        $"(select coalesce(charged.member_id, d.member_id) as member_id, coalesce(charged.amount, d.amount) as amount from {PriorOfYear} d full join {ChargedOfYear} charged on charged.member_id = d.member_id)";

    /// <summary>Code of the category that counts today.</summary>
    public const string CategoryCode = "membership.category_on(@today, m.category, m.next_category, m.next_category_on)";

    /// <summary>The newest value that the dues of that category are measured by.</summary>
    public const string Value =
        $"(select v.value from membership.input_value v where v.member_id = m.id and v.measure = (select k.measure from membership.category k where k.code = {CategoryCode}) order by v.as_of desc limit 1)";

    /// <summary>Whether there is something to clarify.</summary>
    public const string ToClarify = "exists (select from membership.clarification o where o.member_id = m.id and o.state = 'open')";

    /// <summary>By name, with commas between.</summary>
    public const string TagNames =
        "(select string_agg(t.name, ', ' order by t.name) from membership.member_tag x join membership.tag t on t.id = x.tag_id where x.member_id = m.id)";

    private const string Category = $"join membership.category c on c.code = {CategoryCode}";
    private const string Tags =
        "(select array_agg(t.name order by t.name) from membership.member_tag x join membership.tag t on t.id = x.tag_id where x.member_id = m.id)";

    /// <summary>The rows of a page, each with its edge.</summary>
    /// <param name="db">Where.</param>
    /// <param name="window">Which of them.</param>
    /// <param name="selection">Which members.</param>
    /// <param name="shown">What costs a look into another table is read only then.</param>
    /// <param name="ct">Stops the statement itself.</param>
    public static async IAsyncEnumerable<(MemberRow Row, string[] Edge)> ReadAsync(
        MembershipDb db,
        PageWindow window,
        MemberSelection selection,
        IReadOnlyList<MemberColumn> shown,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var connection = await db.ConnectionAsync(ct);
        var where = window.Within(selection.Where);
        var sql = $"""
            {selection.With}
            select m.id, m.number, m.name, c.code, m.town, m.joined_on, m.left_on, m.payment_route, coalesce(charged.amount, d.amount),
                   {ToClarify},
                   m.postal_code, m.street, m.email, m.phone, m.billing_name,
                   {(shown.Contains(MemberColumn.Value) ? Value : "null::int")}, {(shown.Contains(MemberColumn.Tags) ? Tags : "null::text[]")},
                   {window.EdgeSql}
              from (select m.* from membership.member m {Sorting(window.Order)} where {where.Sql} order by {window.OrderSql} limit @limit) m
              {Category}
              {Dues}
             order by {window.OrderSql}
            """;
        await using var reader = await connection.ExecuteReaderAsync(new CommandDefinition(sql, where.Parameters, db.Transaction, cancellationToken: ct));
        while (await reader.ReadAsync(ct))
            yield return (Row(reader), reader.GetFieldValue<string[]>(17));
    }

    /// <summary>Some columns of all members that are meant, as the database sends them: the same reader again for each.</summary>
    /// <param name="db">Where.</param>
    /// <param name="columns">Expressions over <c>membership.member m</c>.</param>
    /// <param name="order">Of the list.</param>
    /// <param name="selection">Which members.</param>
    /// <param name="ct">Stops the statement itself.</param>
    public static async IAsyncEnumerable<NpgsqlDataReader> EachAsync(
        MembershipDb db,
        string columns,
        ListOrder order,
        MemberSelection selection,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var connection = await db.ConnectionAsync(ct);
        // How many are wanted is hidden from the planner: it then supposes a few and walks the index of the order, so that the first rows come at once.
        // Told that all are wanted it would sort them first.
        await using var reader = await connection.ExecuteReaderAsync(
            new CommandDefinition(
                $"""
                {selection.With}
                select {columns} from membership.member m {Sorting(order.Name)} where {selection.Where.Sql}
                 order by {order.Sql} limit (select {int.MaxValue})
                """,
                selection.Where.Parameters,
                db.Transaction,
                commandTimeout: 600,
                cancellationToken: ct
            )
        );
        var rows = (NpgsqlDataReader)((IWrappedDataReader)reader).Reader; // past the wrapper, through which a million calls would go
        while (await rows.ReadAsync(ct))
            yield return rows;
    }

    // Category and dues are the orders without an index: what counts depends on the day.
    private static string Sorting(string order) =>
        order switch
        {
            "category" => Category,
            "dues" => Dues,
            _ => "",
        };

    private static MemberRow Row(DbDataReader reader) =>
        new(
            MemberId.From(reader.GetGuid(0)),
            reader.GetString(1),
            reader.GetString(2),
            reader.GetString(3),
            reader.GetString(4),
            Day(reader, 5),
            Day(reader, 6),
            EnumText.Parse<PaymentRoute>(reader.GetString(7)),
            reader.IsDBNull(8) ? null : new Money(reader.GetDecimal(8)),
            reader.GetBoolean(9)
        )
        {
            PostalCode = reader.GetString(10),
            Street = reader.GetString(11),
            Email = Text(reader, 12),
            Phone = Text(reader, 13),
            Recipient = Text(reader, 14),
            Value = reader.IsDBNull(15) ? null : reader.GetInt32(15),
            Tags = reader.IsDBNull(16) ? [] : reader.GetFieldValue<string[]>(16),
        };

    private static DateOnly? Day(DbDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetFieldValue<DateOnly>(at);

    private static string? Text(DbDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetString(at);
}
