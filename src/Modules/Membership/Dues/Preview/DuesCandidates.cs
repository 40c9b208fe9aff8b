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
    public const string RulesAndValues = $"{Rules} usable as materialized ({Values} where {OfTheYear}), {Past}";

    /// <summary>The category of member <c>m</c> on the first day of the dues year $4; <c>past</c> is joined.</summary>
    public const string CategoryInYear =
        "coalesce(past.category, membership.category_on(make_date($4, 1, 1), m.category, m.next_category, m.next_category_on))";

    private const string Rules = "with rule as materialized (select * from unnest($1::text[], $2::text[]) as r (category, measure)),";

    private const string Values = """
        select distinct on (member_id, measure) member_id, measure, value, as_of, source, case when as_of <> $3 then accepted_by_name end as accepted_by
          from membership.input_value
        """;

    private const string OfTheYear = "(as_of = $3 or accepted_for_year = $4) order by member_id, measure, as_of = $3 desc, as_of desc";

    // For a look at a year whose values nobody declared yet.
    private const string Newest = "as_of <= $3 order by member_id, measure, as_of desc";

    private const string Past = """
        past as (
          select distinct on (member_id) member_id, category from membership.past_category
           where ended_on >= make_date($4, 1, 1) order by member_id, ended_on)
        """;

    /// <summary>What a year's dues of one member come to as of now, whether or not it is charged already; null when there is no such member.</summary>
    public static async Task<DuesRow?> OfMemberAsync(MembershipDb db, DuesRegulation regulation, int year, MemberId member, CancellationToken ct)
    {
        await foreach (var candidate in ReadAsync(db, regulation, null, year, DuesValues.OfTheYear, null, member, ct))
            return Row(candidate, Calculate(candidate, candidate.Input, regulation, regulation.RuleOf(candidate.Category), year), regulation, year);
        return null;
    }

    /// <summary>The members as of now.</summary>
    /// <param name="db">Read in its transaction, when one runs.</param>
    /// <param name="regulation">The version valid in the year.</param>
    /// <param name="year">Dues year.</param>
    /// <param name="except">A run whose own charges do not count: what would it make of the members today?</param>
    /// <param name="ct">Cancels.</param>
    public static async IAsyncEnumerable<DuesRow> StreamAsync(
        MembershipDb db,
        DuesRegulation regulation,
        int year,
        DuesRunId? except,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var rules = regulation.Rules.ToDictionary(r => r.Category, StringComparer.Ordinal);
        await foreach (var candidate in ReadAsync(db, regulation, null, year, DuesValues.OfTheYear, except, null, ct))
            yield return Row(
                candidate,
                candidate.IsCharged
                    ? new DuesCalculation(DuesOutcome.AlreadyCharged, [])
                    : Calculate(candidate, candidate.Input, regulation, rules.GetValueOrDefault(candidate.Category), year),
                regulation,
                year
            );
    }

    /// <summary>What a version makes of a member, whether or not it is charged already.</summary>
    /// <param name="candidate">The member.</param>
    /// <param name="input">The value that the version needs: <see cref="Candidate.Input"/> or <see cref="Candidate.Other"/>.</param>
    /// <param name="regulation">The version.</param>
    /// <param name="rule">Its rule of the member's category; null when it has none: nothing is estimated then either.</param>
    /// <param name="year">Dues year.</param>
    public static DuesCalculation Calculate(Candidate candidate, UsedInput? input, DuesRegulation regulation, DuesRule? rule, int year)
    {
        var facts = new DuesFacts(year, input?.Measured, candidate.JoinedOn, candidate.LeftOn, candidate.Reduction);
        return rule is not null ? DuesCalculator.Calculate(regulation, rule, facts)
            : DuesCalculator.IsLiable(facts) ? DuesCalculation.Missing
            : DuesCalculation.NotLiable;
    }

    /// <summary>The facts of all members, with the value that each of two versions needs.</summary>
    /// <param name="db">Read in its transaction, when one runs.</param>
    /// <param name="regulation">The version.</param>
    /// <param name="other">Another version that is held against it.</param>
    /// <param name="year">Dues year.</param>
    /// <param name="values">Which values count.</param>
    /// <param name="ct">Cancels.</param>
    public static IAsyncEnumerable<Candidate> ReadAsync(
        MembershipDb db,
        DuesRegulation regulation,
        DuesRegulation? other,
        int year,
        DuesValues values,
        CancellationToken ct
    ) => ReadAsync(db, regulation, other, year, values, null, null, ct);

    private static async IAsyncEnumerable<Candidate> ReadAsync(
        MembershipDb db,
        DuesRegulation regulation,
        DuesRegulation? other,
        int year,
        DuesValues values,
        DuesRunId? except,
        MemberId? only,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var connection = await db.ConnectionAsync(ct);
        var categories = await CategoriesAsync(connection, db.Transaction, ct);
        var (measures, others) = (Measures(regulation, categories), Measures(other ?? regulation, categories));
        var differ = !others.SequenceEqual(measures); // only then a second value is read: it costs another join
        await using var command = new NpgsqlCommand(Sql(values, differ, only is not null), connection, db.Transaction)
        {
            Parameters =
            {
                new() { Value = categories },
                new() { Value = measures },
                new() { Value = DuesRegulation.ReferenceDate(year) },
                new() { Value = year },
                new() { Value = (object?)except?.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid },
            },
        };
        if (only is { } member)
            command.Parameters.Add(new() { Value = member.Value });
        if (differ)
            command.Parameters.Add(new() { Value = others });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            yield return Candidate(reader, differ);
    }

    // $6 is the one member, or else the measures of the other version; nobody asks for both.
    private static string Sql(DuesValues values, bool second, bool one) =>
        $"""
            {Rules} usable as materialized ({Values} where {(one ? "member_id = $6 and " : "")}{(values == DuesValues.Newest ? Newest : OfTheYear)}), {Past}
            select m.id, m.number, m.name, r.category, m.payment_route = 'direct_debit', m.joined_on, m.left_on,
                   r.measure, u.value, u.as_of, u.source, u.accepted_by,
                   d.percent, d.resolved_by, d.resolved_on,
                   coalesce(last.full_year, prior.amount), live.member_id is not null
                   {(second ? ", o.measure, o.value, o.as_of, o.source, o.accepted_by" : "")}
              from membership.member m
              left join past on past.member_id = m.id
              join rule r on r.category = {CategoryInYear}
              left join usable u on u.member_id = m.id and u.measure = r.measure
              {(
                second
                    ? "left join unnest($1::text[], $6::text[]) as other (category, measure) on other.category = r.category left join usable o on o.member_id = m.id and o.measure = other.measure"
                    : ""
            )}
              left join membership.dues_reduction d on d.member_id = m.id and int4range(d.from_year, d.to_year, '[]') @> $4
              left join membership.charge live on live.member_id = m.id and live.kind = 'annual' and live.period = $4 and live.voided_at is null
                and ($5::uuid is null or live.run_id is distinct from $5)
              left join membership.charge last on last.member_id = m.id and last.kind = 'annual' and last.period = $4 - 1 and last.voided_at is null
              left join membership.prior_dues prior on prior.member_id = m.id and prior.year = $4 - 1
             {(one ? "where m.id = $6" : "order by m.name, m.id")}
            """;

    private static DuesRow Row(Candidate candidate, DuesCalculation result, DuesRegulation regulation, int year) =>
        new(
            candidate.Member,
            candidate.Number,
            candidate.Name,
            candidate.Category,
            candidate.Route,
            result.Outcome,
            result.Steps,
            candidate.JoinedOn,
            candidate.LastYear,
            candidate.Input,
            DueOn(regulation, year, candidate.JoinedOn)
        );

    private static Candidate Candidate(NpgsqlDataReader reader, bool second)
    {
        var input = Input(reader, 7);
        return new Candidate(
            MemberId.From(reader.GetGuid(0)),
            reader.GetString(1),
            reader.GetString(2),
            reader.GetString(3),
            reader.GetBoolean(4) ? PaymentRoute.DirectDebit : PaymentRoute.Transfer,
            reader.IsDBNull(5) ? null : reader.GetFieldValue<DateOnly>(5),
            reader.IsDBNull(6) ? null : reader.GetFieldValue<DateOnly>(6),
            input,
            second ? Input(reader, 17) : input,
            ReductionOf(reader),
            reader.IsDBNull(15) ? null : new Money(reader.GetDecimal(15)),
            reader.GetBoolean(16)
        );
    }

    private static UsedInput? Input(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column + 1)
            ? null
            : new UsedInput(
                new MeasuredValue(reader.GetString(column), reader.GetInt32(column + 1), reader.GetFieldValue<DateOnly>(column + 2)),
                reader.GetString(column + 3),
                reader.IsDBNull(column + 4) ? null : reader.GetString(column + 4)
            );

    private static Reduction? ReductionOf(NpgsqlDataReader reader) =>
        reader.IsDBNull(12)
            ? null
            : new Reduction(
                reader.GetDecimal(12),
                $"{reader.GetString(13)} {reader.GetFieldValue<DateOnly>(14).ToString("dd.MM.yyyy", System.Globalization.CultureInfo.InvariantCulture)}"
            );

    // Nobody owes before the membership begins.
    private static DateOnly DueOn(DuesRegulation regulation, int year, DateOnly? joined) =>
        regulation.Due.In(year) is var due && joined > due ? joined.Value : due;

    private static string?[] Measures(DuesRegulation regulation, string[] categories) => [.. categories.Select(c => regulation.RuleOf(c)?.NeededMeasure)];

    private static async Task<string[]> CategoriesAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select coalesce(array_agg(code), '{}') from membership.category", connection, transaction);
        return (string[])(await command.ExecuteScalarAsync(ct))!;
    }
}
