using System.Runtime.CompilerServices;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Regulation;
using Association.Membership.Dues.Runs;
using Association.Membership.Members.Record;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Npgsql;
using NpgsqlTypes;

namespace Association.Membership.Dues.Kinds;

/// <summary>Every member that a run concerns, with what it would make of it: the annual dues by the regulation, the others by the run's own terms.</summary>
internal static class KindCandidates
{
    // Whoever joined in the year owes an admission fee, once an admission; a levy is owed by whoever is a member in the year.
    private const string Members = """
        with past as (
          select distinct on (member_id) member_id, category from membership.past_category where ended_on >= make_date($1, 1, 1) order by member_id, ended_on)
        select m.id, m.number, m.name, coalesce(past.category, membership.category_on(make_date($1, 1, 1), m.category, m.next_category, m.next_category_on)),
               m.payment_route = 'direct_debit', m.joined_on, m.left_on, live.member_id is not null,
               exists (select from membership.dues_reduction d where d.member_id = m.id and d.percent = 100 and int4range(d.from_year, d.to_year, '[]') @> $1)
          from membership.member m
          left join past on past.member_id = m.id
          left join membership.charge live on live.member_id = m.id and live.kind = $2 and live.voided_at is null
            and ($3::uuid is null or live.run_id is distinct from $3)
                and live.period = case $2 when 'admission' then to_char(m.joined_on, 'YYYYMMDD')::int else $1 end
        """;

    private const string All = $"{Members} where $2 <> 'admission' or extract(year from m.joined_on) = $1 order by m.name, m.id";

    private const string One = $"{Members} where m.id = $4";

    /// <summary>The members as of now.</summary>
    /// <param name="db">Read in its transaction, when one runs.</param>
    /// <param name="run">Which kind, year and terms.</param>
    /// <param name="regulation">The version valid in the year.</param>
    /// <param name="except">A run whose own charges do not count.</param>
    /// <param name="ct">Cancels.</param>
    public static IAsyncEnumerable<DuesRow> StreamAsync(MembershipDb db, DuesRun run, DuesRegulation regulation, DuesRunId? except, CancellationToken ct) =>
        run.Terms is { } terms
            ? StreamAsync(db, new KindClaim(run.Kind, run.Year, terms), except, ct)
            : DuesCandidates.StreamAsync(db, regulation, run.Year, except, ct);

    /// <summary>The members as of now, under terms of which there is no run yet.</summary>
    public static IAsyncEnumerable<DuesRow> StreamAsync(MembershipDb db, DuesKind kind, int year, DuesTerms terms, CancellationToken ct) =>
        StreamAsync(db, new KindClaim(kind, year, terms), null, ct);

    /// <summary>What the claim of a kind and year comes to for one member as of now, whether or not it is charged already; null when there is no such
    /// member.</summary>
    /// <param name="db">Read in its transaction, when one runs.</param>
    /// <param name="regulation">The version valid in the year, for the annual dues.</param>
    /// <param name="kind">What for.</param>
    /// <param name="year">Dues year.</param>
    /// <param name="terms">Under which it was charged; null for the annual dues.</param>
    /// <param name="member">Whose.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<DuesRow?> OfMemberAsync(
        MembershipDb db,
        DuesRegulation regulation,
        DuesKind kind,
        int year,
        DuesTerms? terms,
        MemberId member,
        CancellationToken ct
    )
    {
        if (terms is null)
            return await DuesCandidates.OfMemberAsync(db, regulation, year, member, ct);
        var claim = new KindClaim(kind, year, terms);
        await using var command = new NpgsqlCommand(One, await db.ConnectionAsync(ct), db.Transaction);
        Add(command, claim, null);
        command.Parameters.Add(new() { Value = member.Value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? Row(reader, claim) : null;
    }

    /// <summary>The figures of all of them.</summary>
    public static async Task<DuesSummary> SummariseAsync(MembershipDb db, DuesRun run, DuesRegulation regulation, CancellationToken ct)
    {
        var summary = new DuesSummary(await RecipientFaults.FindAsync(db, ct));
        await foreach (var row in StreamAsync(db, run, regulation, null, ct))
            summary.Add(row);
        return summary;
    }

    private static async IAsyncEnumerable<DuesRow> StreamAsync(
        MembershipDb db,
        KindClaim claim,
        DuesRunId? except,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await using var command = new NpgsqlCommand(All, await db.ConnectionAsync(ct), db.Transaction);
        Add(command, claim, except);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            yield return reader.GetBoolean(7) ? Row(reader, claim) with { Outcome = DuesOutcome.AlreadyCharged, Steps = [] } : Row(reader, claim);
    }

    private static void Add(NpgsqlCommand command, KindClaim claim, DuesRunId? except)
    {
        command.Parameters.Add(new() { Value = claim.Year });
        command.Parameters.Add(new() { Value = EnumText.Of(claim.Kind) });
        command.Parameters.Add(new() { Value = (object?)except?.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
    }

    private static DuesRow Row(NpgsqlDataReader reader, KindClaim claim)
    {
        var category = reader.GetString(3);
        DateOnly? joined = reader.IsDBNull(5) ? null : reader.GetFieldValue<DateOnly>(5);
        var facts = new DuesFacts(claim.Year, null, joined, reader.IsDBNull(6) ? null : reader.GetFieldValue<DateOnly>(6));
        var amount = claim.Terms.Of(category);
        // A levy follows the annual dues: who is free of those is free of it. An admission fee is owed by whoever is admitted, in the year of the admission.
        var isLevy = claim.Kind == DuesKind.Levy;
        var outcome =
            !DuesCalculator.IsLiable(facts) || (!isLevy && joined?.Year != claim.Year) ? DuesOutcome.NotLiable
            : amount == Money.Zero || (isLevy && reader.GetBoolean(8)) ? DuesOutcome.Exempt
            : DuesOutcome.Owes;
        DuesStep step = isLevy ? new LevyStep("", amount.Amount, amount) : new AdmissionStep("", amount.Amount, amount, joined ?? default);
        return new DuesRow(
            MemberId.From(reader.GetGuid(0)),
            reader.GetString(1),
            reader.GetString(2),
            category,
            reader.GetBoolean(4) ? PaymentRoute.DirectDebit : PaymentRoute.Transfer,
            outcome,
            outcome == DuesOutcome.Owes ? [step] : [],
            joined,
            null,
            null,
            claim.Terms.DueOn ?? joined ?? new DateOnly(claim.Year, 1, 1)
        );
    }

    // What is claimed of everybody whom it concerns.
    private sealed record KindClaim(DuesKind Kind, int Year, DuesTerms Terms);
}
