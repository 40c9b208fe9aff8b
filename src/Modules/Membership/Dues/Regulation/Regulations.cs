using Association.Membership.Data;
using Association.Platform.Data.Kernel;
using Npgsql;

namespace Association.Membership.Dues.Regulation;

/// <summary>Reads and keeps the versions of the regulation.</summary>
internal static class Regulations
{
    /// <summary>The version in force on the first day of a year; null when there is none.</summary>
    public static async Task<DuesRegulation?> ValidInAsync(MembershipDb db, int year, CancellationToken ct) =>
        (await ReadAsync(db, "state = 'in_force' and daterange(valid_from, valid_to, '[]') @> $1", new DateOnly(year, 1, 1), ct)).SingleOrDefault();

    /// <summary>One version.</summary>
    /// <exception cref="InvalidOperationException">There is no such version.</exception>
    public static async Task<DuesRegulation> ReadAsync(MembershipDb db, DuesRegulationId id, CancellationToken ct) =>
        (await ReadAsync(db, "id = $1", id.Value, ct)).Single();

    /// <summary>All versions in force, the newest first.</summary>
    public static Task<IReadOnlyList<DuesRegulation>> AllAsync(MembershipDb db, CancellationToken ct) =>
        ReadAsync(db, "state = 'in_force' and $1", true, ct);

    /// <summary>Keeps a version as in force.</summary>
    /// <exception cref="ArgumentException">It leaves a value without an amount, or with two.</exception>
    public static async Task AddAsync(MembershipDb db, DuesRegulation regulation, CancellationToken ct)
    {
        if (RegulationFaults.Find(regulation) is { Count: > 0 } faults) throw new ArgumentException($"The regulation is faulty: {string.Join(", ", faults)}", nameof(regulation));
        var connection = await db.ConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection, db.Transaction);
        var (r, p) = (regulation, regulation.Paragraphs);
        Add(batch,
            """
            insert into membership.dues_regulation (id, valid_from, valid_to, resolved_by, resolved_on, resolution, due_month, due_day, days_after_issue,
              pro_rata_by_months, paragraph_due, paragraph_amount, paragraph_pro_rata, paragraph_leaving, paragraph_reduction)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            """,
            r.Id.Value, r.ValidFrom, r.ValidTo, r.Resolution.Body, r.Resolution.On, r.Resolution.Text, r.Due.Month, r.Due.Day, r.Due.DaysAfterIssue,
            r.ProRataByMonths, p.Due, p.Amount, p.ProRata, p.Leaving, p.Reduction);
        foreach (var rule in regulation.Rules)
        {
            var kind = rule switch { FlatRule => "flat", BandRule => "bands", _ => "rate" };
            var rate = rule as RateRule;
            Add(batch,
                "insert into membership.dues_rule (regulation_id, category, kind, measure, amount, rate, minimum, maximum) values ($1, $2, $3, $4, $5, $6, $7, $8)",
                r.Id.Value, rule.Category, kind, rule.NeededMeasure, (rule as FlatRule)?.Amount.Amount, rate?.Rate, rate?.Minimum?.Amount, rate?.Maximum?.Amount);
            foreach (var band in (rule as BandRule)?.Bands ?? [])
                Add(batch,
                    """
                    insert into membership.dues_band (regulation_id, category, from_value, to_value, amount, unit_above, unit_rate, maximum)
                    values ($1, $2, $3, $4, $5, $6, $7, $8)
                    """,
                    r.Id.Value, rule.Category, band.From, band.To, band.Amount.Amount, band.PerUnit?.Above, band.PerUnit?.Rate, band.PerUnit?.Maximum?.Amount);
        }
        await batch.ExecuteNonQueryAsync(ct);
    }

    private static void Add(NpgsqlBatch batch, string sql, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        batch.BatchCommands.Add(command);
    }

    // One round trip for versions, rules and bands.
    private static async Task<IReadOnlyList<DuesRegulation>> ReadAsync(MembershipDb db, string where, object value, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection, db.Transaction);
        Add(batch, $"select * from membership.dues_band where regulation_id in (select id from membership.dues_regulation where {where}) order by from_value", value);
        Add(batch, $"select u.* from membership.dues_rule u join membership.category c on c.code = u.category where regulation_id in (select id from membership.dues_regulation where {where}) order by c.position", value);
        Add(batch, $"select * from membership.dues_regulation where {where} order by valid_from desc", value);
        await using var reader = await batch.ExecuteReaderAsync(ct);

        var bands = new List<(Guid Regulation, string Category, DuesBand Band)>();
        while (await reader.ReadAsync(ct)) bands.Add((reader.Get<Guid>("regulation_id"), reader.Get<string>("category"), Band(reader)));
        await reader.NextResultAsync(ct);
        var rules = new List<(Guid Regulation, DuesRule Rule)>();
        while (await reader.ReadAsync(ct))
        {
            var (regulation, category) = (reader.Get<Guid>("regulation_id"), reader.Get<string>("category"));
            rules.Add((regulation, Rule(reader, category, [.. bands.Where(b => b.Regulation == regulation && b.Category == category).Select(b => b.Band)])));
        }
        await reader.NextResultAsync(ct);
        var regulations = new List<DuesRegulation>();
        while (await reader.ReadAsync(ct))
        {
            var id = reader.Get<Guid>("id");
            regulations.Add(new DuesRegulation(
                DuesRegulationId.From(id), reader.Get<DateOnly>("valid_from"), reader.Maybe<DateOnly>("valid_to"),
                new Resolution(reader.Get<string>("resolved_by"), reader.Get<DateOnly>("resolved_on"), reader.Get<string>("resolution")),
                new DueRule(reader.Get<int>("due_month"), reader.Get<int>("due_day"), reader.Get<int>("days_after_issue")),
                new Paragraphs(reader.Get<string>("paragraph_due"), reader.Get<string>("paragraph_amount"), reader.Get<string>("paragraph_pro_rata"),
                    reader.Get<string>("paragraph_leaving"), reader.Get<string>("paragraph_reduction")),
                reader.Get<bool>("pro_rata_by_months"),
                [.. rules.Where(r => r.Regulation == id).Select(r => r.Rule)]));
        }
        return regulations;
    }

    private static DuesBand Band(NpgsqlDataReader reader) => new(
        reader.Get<int>("from_value"), reader.Maybe<int>("to_value"), new Money(reader.Get<decimal>("amount")),
        reader.Maybe<int>("unit_above") is { } above ? new UnitPart(above, reader.Get<decimal>("unit_rate"), reader.MaybeMoney("maximum")) : null);

    private static DuesRule Rule(NpgsqlDataReader reader, string category, IReadOnlyList<DuesBand> bands) => reader.Get<string>("kind") switch
    {
        "flat" => new FlatRule(category, new Money(reader.Get<decimal>("amount"))),
        "bands" => new BandRule(category, reader.Get<string>("measure"), bands),
        _ => new RateRule(category, reader.Get<string>("measure"), reader.Get<decimal>("rate"), reader.MaybeMoney("minimum"), reader.MaybeMoney("maximum")),
    };
}

/// <summary>Columns by name, for small reads.</summary>
internal static class ReadingColumns
{
    public static T Get<T>(this NpgsqlDataReader reader, string column) => reader.GetFieldValue<T>(reader.GetOrdinal(column));

    public static T? Maybe<T>(this NpgsqlDataReader reader, string column) where T : struct =>
        reader.IsDBNull(reader.GetOrdinal(column)) ? null : reader.Get<T>(column);

    public static string? MaybeText(this NpgsqlDataReader reader, string column) =>
        reader.IsDBNull(reader.GetOrdinal(column)) ? null : reader.Get<string>(column);

    public static Money? MaybeMoney(this NpgsqlDataReader reader, string column) => reader.Maybe<decimal>(column) is { } amount ? new Money(amount) : null;
}
