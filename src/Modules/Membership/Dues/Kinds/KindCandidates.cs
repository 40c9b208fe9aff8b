using System.Runtime.CompilerServices;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Regulation;
using Association.Membership.Dues.Runs;
using Association.Platform.Data.Kernel;
using Npgsql;
using NpgsqlTypes;

namespace Association.Membership.Dues.Kinds;

/// <summary>Every member that a run concerns, with what it would make of it: the annual dues by the regulation, the others by the run's own terms.</summary>
internal static class KindCandidates
{
    // Whoever joined in the year owes an admission fee, once an admission; a levy is owed by whoever is a member in the year.
    private const string Sql =
        """
        with past as (
          select distinct on (member_id) member_id, category from membership.past_category where ended_on >= make_date($1, 1, 1) order by member_id, ended_on)
        select m.id, m.number, m.name, coalesce(past.category, membership.category_on(make_date($1, 1, 1), m.category, m.next_category, m.next_category_on)),
               m.payment_route = 'direct_debit', m.joined_on, m.left_on, live.member_id is not null,
               exists (select from membership.dues_reduction d where d.member_id = m.id and d.percent = 100 and int4range(d.from_year, d.to_year, '[]') @> $1)
          from membership.member m
          left join past on past.member_id = m.id
          left join membership.charge live on live.member_id = m.id and live.kind = $2 and live.voided_at is null and ($3::uuid is null or live.run_id is distinct from $3)
                and live.period = case $2 when 'admission' then to_char(m.joined_on, 'YYYYMMDD')::int else $1 end
         where $2 <> 'admission' or extract(year from m.joined_on) = $1
         order by m.name, m.id
        """;

    /// <summary>The members as of now.</summary>
    /// <param name="db">Read in its transaction, when one runs.</param>
    /// <param name="run">Which kind, year and terms.</param>
    /// <param name="regulation">The version valid in the year.</param>
    /// <param name="except">A run whose own charges do not count.</param>
    /// <param name="ct">Cancels.</param>
    public static IAsyncEnumerable<DuesRow> StreamAsync(MembershipDb db, DuesRun run, DuesRegulation regulation, DuesRunId? except, CancellationToken ct) =>
        run.Terms is { } terms ? StreamAsync(db, run, terms, except, ct) : DuesCandidates.StreamAsync(db, regulation, run.Year, except, ct);

    /// <summary>The figures of all of them.</summary>
    public static async Task<DuesSummary> SummariseAsync(MembershipDb db, DuesRun run, DuesRegulation regulation, CancellationToken ct)
    {
        var summary = new DuesSummary();
        await foreach (var row in StreamAsync(db, run, regulation, null, ct)) summary.Add(row);
        return summary;
    }

    private static async IAsyncEnumerable<DuesRow> StreamAsync(MembershipDb db, DuesRun run, DuesTerms terms, DuesRunId? except, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, await db.ConnectionAsync(ct), db.Transaction)
        {
            Parameters =
            {
                new() { Value = run.Year },
                new() { Value = run.Kind },
                new() { Value = (object?)except?.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) yield return Row(reader, run, terms);
    }

    private static DuesRow Row(NpgsqlDataReader reader, DuesRun run, DuesTerms terms)
    {
        var category = reader.GetString(3);
        DateOnly? joined = reader.IsDBNull(5) ? null : reader.GetFieldValue<DateOnly>(5);
        var facts = new DuesFacts(run.Year, null, joined, reader.IsDBNull(6) ? null : reader.GetFieldValue<DateOnly>(6));
        var amount = terms.Of(category);
        // A levy follows the annual dues: who is free of those is free of it. An admission fee is owed by whoever is admitted.
        var outcome = reader.GetBoolean(7) ? DuesOutcome.AlreadyCharged
            : !DuesCalculator.IsLiable(facts) ? DuesOutcome.NotLiable
            : amount == Money.Zero || (run.Kind == DuesRun.Levy && reader.GetBoolean(8)) ? DuesOutcome.Exempt
            : DuesOutcome.Owes;
        DuesStep step = run.Kind == DuesRun.Levy ? new LevyStep("", amount.Amount, amount) : new AdmissionStep("", amount.Amount, amount, joined ?? default);
        return new DuesRow(
            MemberId.From(reader.GetGuid(0)), reader.GetString(1), reader.GetString(2), category, reader.GetBoolean(4) ? PaymentRoute.DirectDebit : PaymentRoute.Transfer,
            outcome, outcome == DuesOutcome.Owes ? [step] : [], joined, null, null, terms.DueOn ?? joined ?? new DateOnly(run.Year, 1, 1));
    }
}
