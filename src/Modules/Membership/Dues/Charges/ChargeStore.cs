using System.Runtime.CompilerServices;
using System.Text.Json;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Runs;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Npgsql;
using NpgsqlTypes;

namespace Association.Membership.Dues.Charges;

/// <summary>Writes and reads the frozen charges of a run.</summary>
internal static class ChargeStore
{
    /// <summary>Members a chunk: small enough that the queue of invoices moves on visibly, large enough that a chunk is worth a transaction.</summary>
    public const int ChunkSize = 200;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new MoneyJsonConverter() },
        AllowOutOfOrderMetadataProperties = true, // jsonb keeps keys in an order of its own
    };

    public static IReadOnlyList<DuesStep> ReadSteps(string json) => JsonSerializer.Deserialize<IReadOnlyList<DuesStep>>(json, Json)!;

    /// <summary>Stores the charges of a draft in the order given, chunk by chunk.</summary>
    public static async Task WriteAsync(MembershipDb db, DuesRun run, IReadOnlyList<DuesRow> rows, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        // Hot path: one COPY instead of a row a round trip.
        await using (var copy = await connection.BeginBinaryImportAsync(Copy, ct))
        {
            for (var i = 0; i < rows.Count; i++)
            {
                await copy.StartRowAsync(ct);
                Write(copy, new Origin(run.Id, run.Kind, PeriodOf(run.Kind, run.Year, rows[i]), i + 1), rows[i]);
            }
            await copy.CompleteAsync(ct);
        }
        await using var chunks = new NpgsqlCommand(
            """
            insert into membership.dues_run_chunk (run_id, chunk, charges)
            select $1, (position - 1) / $2 + 1, count(*) from generate_series(1, $3) as position group by 2
            """,
            connection,
            db.Transaction
        )
        {
            Parameters =
            {
                new() { Value = run.Id.Value },
                new() { Value = ChunkSize },
                new() { Value = rows.Count },
            },
        };
        await chunks.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The period that the unique key covers: the dues year; of an admission fee the admission itself.</summary>
    public static int PeriodOf(DuesKind kind, int year, DuesRow row) =>
        kind == DuesKind.Admission && row.JoinedOn is { } joined ? joined.Year * 10_000 + joined.Month * 100 + joined.Day : year;

    /// <summary>Voids a charge that was calculated wrongly and stores the right one in its place; null when nothing is owed.</summary>
    public static async Task<ChargeId?> ReplaceAsync(
        MembershipDb db,
        ChargeId wrong,
        DuesKind kind,
        int period,
        DuesRow right,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var connection = await db.ConnectionAsync(ct);
        await using var voiding = new NpgsqlCommand("update membership.charge set voided_at = $2 where id = $1", connection, db.Transaction)
        {
            Parameters =
            {
                new() { Value = wrong.Value },
                new() { Value = now },
            },
        };
        await voiding.ExecuteNonQueryAsync(ct);
        if (right.Outcome != DuesOutcome.Owes)
            return null;

        var id = ChargeId.New();
        await using var copy = await connection.BeginBinaryImportAsync(Copy, ct);
        await copy.StartRowAsync(ct);
        Write(copy, new Origin(null, kind, period, 0, wrong, id), right);
        await copy.CompleteAsync(ct);
        return id;
    }

    /// <summary>Removes the charges of a draft.</summary>
    public static async Task RemoveAsync(MembershipDb db, DuesRun run, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "with chunks as (delete from membership.dues_run_chunk where run_id = $1) delete from membership.charge where run_id = $1",
            await db.ConnectionAsync(ct),
            db.Transaction
        )
        {
            Parameters = { new() { Value = run.Id.Value } },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The frozen charges of a run in their order, as the rows from which they were made.</summary>
    public static async IAsyncEnumerable<DuesRow> StreamAsync(MembershipDb db, DuesRunId run, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            select c.member_id, m.number, m.name, c.category, m.payment_route = 'direct_debit', m.joined_on, c.last_year,
                   c.input_measure, c.input_value, c.input_as_of, c.input_source, c.input_accepted_by, c.due_on, c.steps
              from membership.charge c join membership.member m on m.id = c.member_id
             where c.run_id = $1 order by c.position
            """,
            await db.ConnectionAsync(ct),
            db.Transaction
        )
        {
            Parameters = { new() { Value = run.Value } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var input = reader.IsDBNull(8)
                ? null
                : new UsedInput(
                    new MeasuredValue(reader.GetString(7), reader.GetInt32(8), reader.GetFieldValue<DateOnly>(9)),
                    reader.GetString(10),
                    reader.IsDBNull(11) ? null : reader.GetString(11)
                );
            yield return new DuesRow(
                MemberId.From(reader.GetGuid(0)),
                reader.GetString(1),
                reader.GetString(2),
                reader.GetString(3),
                reader.GetBoolean(4) ? PaymentRoute.DirectDebit : PaymentRoute.Transfer,
                DuesOutcome.Owes,
                ReadSteps(reader.GetString(13)),
                reader.IsDBNull(5) ? null : reader.GetFieldValue<DateOnly>(5),
                reader.IsDBNull(6) ? null : new Money(reader.GetDecimal(6)),
                input,
                reader.GetFieldValue<DateOnly>(12)
            );
        }
    }

    private const string Copy = """
        copy membership.charge (id, run_id, corrects, chunk, position, member_id, kind, period, category, amount, full_year, last_year, due_on,
          input_measure, input_value, input_as_of, input_source, input_accepted_by, steps) from stdin (format binary)
        """;

    // A charge of a run has its place there; one that replaces another has none.
    private sealed record Origin(DuesRunId? Run, DuesKind Kind, int Period, int Position, ChargeId? Corrects = null, ChargeId? Id = null);

    private static void Write(NpgsqlBinaryImporter copy, Origin origin, DuesRow row)
    {
        copy.Write((origin.Id ?? ChargeId.New()).Value, NpgsqlDbType.Uuid);
        Write(copy, origin.Run?.Value);
        Write(copy, origin.Corrects?.Value);
        copy.Write((origin.Position + ChunkSize - 1) / ChunkSize, NpgsqlDbType.Integer);
        copy.Write(origin.Position, NpgsqlDbType.Integer);
        copy.Write(row.Member.Value, NpgsqlDbType.Uuid);
        copy.Write(EnumText.Of(origin.Kind), NpgsqlDbType.Text);
        copy.Write(origin.Period, NpgsqlDbType.Integer);
        copy.Write(row.Category, NpgsqlDbType.Text);
        copy.Write(row.Amount.Amount, NpgsqlDbType.Numeric);
        copy.Write(row.FullYear.Amount, NpgsqlDbType.Numeric);
        if (row.LastYear is { } last)
            copy.Write(last.Amount, NpgsqlDbType.Numeric);
        else
            copy.WriteNull();
        copy.Write(row.DueOn, NpgsqlDbType.Date);
        if (row.Input is { } input)
        {
            copy.Write(input.Measured.Measure, NpgsqlDbType.Text);
            copy.Write(input.Measured.Value, NpgsqlDbType.Integer);
            copy.Write(input.Measured.AsOf!.Value, NpgsqlDbType.Date);
            copy.Write(input.Source, NpgsqlDbType.Text);
            if (input.AcceptedBy is { } by)
                copy.Write(by, NpgsqlDbType.Text);
            else
                copy.WriteNull();
        }
        else
        {
            for (var i = 0; i < 5; i++)
                copy.WriteNull();
        }
        copy.Write(JsonSerializer.SerializeToUtf8Bytes(row.Steps, Json), NpgsqlDbType.Jsonb);
    }

    private static void Write(NpgsqlBinaryImporter copy, Guid? id)
    {
        if (id is { } value)
            copy.Write(value, NpgsqlDbType.Uuid);
        else
            copy.WriteNull();
    }
}
