using System.Runtime.CompilerServices;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Regulation;
using Association.Platform.Data.Kernel;
using Npgsql;

namespace Association.Membership.Dues.Preview;

/// <summary>Every member with what a run of a year would make of it, by name in German order.</summary>
/// <remarks>
/// One statement gathers the facts of all members and the calculator runs over the stream: 100,000 members take about as long as
/// storing as many rows. The database computes nothing that the calculator page could compute differently.
/// </remarks>
internal static class DuesCandidates
{
    /// <summary>
    /// The measure of each category and the value of each member that counts: $1 categories, $2 their measures, $3 the reference date, $4 the dues year.
    /// </summary>
    public const string RulesAndValues = Rules + Values;

    private const string Rules =
        """
        with rule as materialized (select * from unnest($1::text[], $2::text[]) as r (category, measure)),
        usable as materialized (
          select distinct on (member_id, measure) member_id, measure, value, as_of, source, case when as_of <> $3 then accepted_by_name end as accepted_by
            from membership.input_value where
        """;

    private const string Values =
        """
           (as_of = $3 or accepted_for_year = $4)
           order by member_id, measure, as_of = $3 desc, as_of desc),
        past as (
          select distinct on (member_id) member_id, category from membership.past_category
           where ended_on >= make_date($4, 1, 1) order by member_id, ended_on)
        """;

    /// <summary>The category of member <c>m</c> on the first day of the dues year $4; <c>past</c> is joined.</summary>
    public const string CategoryInYear = "coalesce(past.category, membership.category_on(make_date($4, 1, 1), m.category, m.next_category, m.next_category_on))";

    private const string Everybody = $"{RulesAndValues} {Facts} order by m.name, m.id";

    // One member: its own charge of the year does not count, for the question is what it should be.
    private const string OneMember = $"{Rules} member_id = $6 and {Values} {Facts} where m.id = $6";

    private const string Facts =
        $"""
        select m.id, m.number, m.name, r.category, m.payment_route = 'direct_debit', m.joined_on, m.left_on,
               r.measure, u.value, u.as_of, u.source, u.accepted_by,
               d.percent, d.resolved_by, d.resolved_on,
               coalesce(last.full_year, prior.amount), live.member_id is not null
          from membership.member m
          left join past on past.member_id = m.id
          join rule r on r.category = {CategoryInYear}
          left join usable u on u.member_id = m.id and u.measure = r.measure
          left join membership.dues_reduction d on d.member_id = m.id and int4range(d.from_year, d.to_year, '[]') @> $4
          left join membership.charge live on live.member_id = m.id and live.kind = 'annual' and live.period = $4 and live.voided_at is null
            and ($5::uuid is null or live.run_id is distinct from $5)
          left join membership.charge last on last.member_id = m.id and last.kind = 'annual' and last.period = $4 - 1 and last.voided_at is null
          left join membership.prior_dues prior on prior.member_id = m.id and prior.year = $4 - 1
        """;

    /// <summary>What a year's dues of one member come to as of now, whether or not it is charged already; null when there is no such member.</summary>
    public static async Task<DuesRow?> OfMemberAsync(MembershipDb db, DuesRegulation regulation, int year, MemberId member, CancellationToken ct)
    {
        await foreach (var row in StreamAsync(db, regulation, year, null, member, ct)) return row;
        return null;
    }

    /// <summary>The members as of now.</summary>
    /// <param name="db">Read in its transaction, when one runs.</param>
    /// <param name="regulation">The version valid in the year.</param>
    /// <param name="year">Dues year.</param>
    /// <param name="except">A run whose own charges do not count: what would it make of the members today?</param>
    /// <param name="ct">Cancels.</param>
    public static IAsyncEnumerable<DuesRow> StreamAsync(MembershipDb db, DuesRegulation regulation, int year, DuesRunId? except, CancellationToken ct) =>
        StreamAsync(db, regulation, year, except, null, ct);

    private static async IAsyncEnumerable<DuesRow> StreamAsync(
        MembershipDb db, DuesRegulation regulation, int year, DuesRunId? except, MemberId? only, [EnumeratorCancellation] CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var categories = await CategoriesAsync(connection, db.Transaction, ct);
        await using var command = new NpgsqlCommand(only is null ? Everybody : OneMember, connection, db.Transaction)
        {
            Parameters =
            {
                new() { Value = categories },
                new() { Value = categories.Select(c => regulation.RuleOf(c)?.NeededMeasure).ToArray() },
                new() { Value = DuesRegulation.ReferenceDate(year) },
                new() { Value = year },
                new() { Value = (object?)except?.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid },
            },
        };
        if (only is { } member) command.Parameters.Add(new() { Value = member.Value });
        var rules = regulation.Rules.ToDictionary(r => r.Category, StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) yield return Row(reader, regulation, rules, year, only is null);
    }

    private static DuesRow Row(NpgsqlDataReader reader, DuesRegulation regulation, Dictionary<string, DuesRule> rules, int year, bool once)
    {
        var category = reader.GetString(3);
        var input = reader.IsDBNull(8) ? null : new UsedInput(
            new MeasuredValue(reader.GetString(7), reader.GetInt32(8), reader.GetFieldValue<DateOnly>(9)), reader.GetString(10), reader.IsDBNull(11) ? null : reader.GetString(11));
        DateOnly? joined = reader.IsDBNull(5) ? null : reader.GetFieldValue<DateOnly>(5);
        var facts = new DuesFacts(year, input?.Measured, joined, reader.IsDBNull(6) ? null : reader.GetFieldValue<DateOnly>(6), ReductionOf(reader));
        // Without a rule nothing is estimated either: the member is listed with what is missing.
        var result = once && reader.GetBoolean(16) ? new DuesCalculation(DuesOutcome.AlreadyCharged, [])
            : rules.TryGetValue(category, out var rule) ? DuesCalculator.Calculate(regulation, rule, facts)
            : DuesCalculator.IsLiable(facts) ? DuesCalculation.Missing : DuesCalculation.NotLiable;
        return new DuesRow(
            MemberId.From(reader.GetGuid(0)), reader.GetString(1), reader.GetString(2), category, reader.GetBoolean(4) ? PaymentRoute.DirectDebit : PaymentRoute.Transfer,
            result.Outcome, result.Steps, joined, reader.IsDBNull(15) ? null : new Money(reader.GetDecimal(15)), input, DueOn(regulation, year, joined));
    }

    private static Reduction? ReductionOf(NpgsqlDataReader reader) =>
        reader.IsDBNull(12) ? null : new Reduction(reader.GetDecimal(12), $"{reader.GetString(13)} {reader.GetFieldValue<DateOnly>(14).ToString("dd.MM.yyyy", System.Globalization.CultureInfo.InvariantCulture)}");

    // Nobody owes before the membership begins.
    private static DateOnly DueOn(DuesRegulation regulation, int year, DateOnly? joined) =>
        regulation.Due.In(year) is var due && joined > due ? joined.Value : due;

    private static async Task<string[]> CategoriesAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select coalesce(array_agg(code), '{}') from membership.category", connection, transaction);
        return (string[])(await command.ExecuteScalarAsync(ct))!;
    }
}
