using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Kinds;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Npgsql;
using NpgsqlTypes;

namespace Association.Membership.Dues.Charges;

/// <summary>Hands frozen charges to Billing, told in each member's language.</summary>
internal sealed class DuesCharges(MembershipDb db) : IDuesCharges
{
    // Of a run that was executed, or in the place of a wrong charge.
    private const string Released = """
        from membership.charge c
        left join membership.dues_run r on r.id = c.run_id and r.state in ('executing', 'executed')
        left join membership.dues_correction k on k.replacement_id = c.id
        """;

    private const string IsReleased = "(r.id is not null or k.id is not null)";

    public Task<IReadOnlyList<RaisedCharge>> ReadChunkAsync(DuesRunId run, int chunk, CancellationToken ct) =>
        ReadAsync("c.run_id = $1 and c.chunk = $2 order by c.position", ct, run.Value, chunk);

    public Task<IReadOnlyList<RaisedCharge>> ReadAsync(IReadOnlyCollection<ChargeId> charges, CancellationToken ct) =>
        ReadAsync("c.id = any ($1)", ct, charges.Select(c => c.Value).ToArray());

    public async Task<IReadOnlyList<ReleasedCharge>> ReleasedAsync(ChargeId? after, int limit, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"""
            select c.id, c.amount, c.voided_at is not null
            {Released}
             where {IsReleased} and ($1 is null or c.id > $1)
             order by c.id limit $2
            """,
            await db.ConnectionAsync(ct),
            db.Transaction
        )
        {
            Parameters =
            {
                new() { Value = (object?)after?.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
                new() { Value = limit },
            },
        };
        var charges = new List<ReleasedCharge>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            charges.Add(new ReleasedCharge(ChargeId.From(reader.GetGuid(0)), new Money(reader.GetDecimal(1)), reader.GetBoolean(2)));
        return charges;
    }

    private async Task<IReadOnlyList<RaisedCharge>> ReadAsync(string which, CancellationToken ct, params object[] values)
    {
        await using var command = new NpgsqlCommand(
            $"""
            select c.id, c.member_id, c.kind, coalesce(r.year, k.year), c.amount, c.steps, c.due_on, m.language, g.resolved_on, g.days_after_issue,
              coalesce(r.terms, k.terms)::text,
                   y.member_id is not null, y.purchase_order, y.cash_reference, y.leitweg_id
            {Released}
            join membership.dues_regulation g on g.id = coalesce(r.regulation_id, k.regulation_id)
            join membership.member m on m.id = c.member_id
            left join membership.year_references y on y.member_id = c.member_id and y.year = coalesce(r.year, k.year)
             where {IsReleased} and {which}
            """,
            await db.ConnectionAsync(ct),
            db.Transaction
        );
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        var charges = new List<RaisedCharge>(ChargeStore.ChunkSize);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var language = reader.GetString(7);
            charges.Add(
                new RaisedCharge(
                    ChargeId.From(reader.GetGuid(0)),
                    MemberId.From(reader.GetGuid(1)),
                    EnumText.Parse<DuesKind>(reader.GetString(2)),
                    reader.GetInt32(3),
                    new Money(reader.GetDecimal(4)),
                    Lines(ChargeStore.ReadSteps(reader.GetString(5)), language),
                    reader.IsDBNull(10)
                        ? StepTexts.Regulation(reader.GetFieldValue<DateOnly>(8), language)
                        : StepTexts.Resolution(DuesTerms.Read(reader.GetString(10)).Resolution, language),
                    reader.GetFieldValue<DateOnly>(6),
                    reader.GetInt32(9),
                    reader.GetBoolean(11) ? new ChargeReferences(Text(reader, 12), Text(reader, 13), Text(reader, 14)) : null
                )
            );
        }
        return charges;
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    // Each step is a line with what it adds or takes off, so that the lines sum to the charge.
    private static List<ChargeLine> Lines(IReadOnlyList<DuesStep> steps, string language)
    {
        var lines = new List<ChargeLine>(steps.Count);
        var before = Money.Zero;
        foreach (var step in steps)
        {
            lines.Add(new ChargeLine(StepTexts.Describe(step, language), step.Amount - before));
            before = step.Amount;
        }
        return lines;
    }
}
