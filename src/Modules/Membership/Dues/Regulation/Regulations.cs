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

    /// <summary>Whether there is any version, whatever its state.</summary>
    public static async Task<bool> AnyAsync(MembershipDb db, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select exists (select from membership.dues_regulation)", await db.ConnectionAsync(ct), db.Transaction);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Keeps a version as in force that came with the installation; nobody signs it.</summary>
    /// <exception cref="ArgumentException">It leaves a value without an amount, or with two.</exception>
    public static async Task AddAsync(MembershipDb db, DuesRegulation regulation, CancellationToken ct)
    {
        if (RegulationFaults.Find(regulation) is { Count: > 0 } faults)
            throw new ArgumentException($"The regulation is faulty: {string.Join(", ", faults)}", nameof(regulation));
        var connection = await db.ConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection, db.Transaction);
        var (r, p) = (regulation, regulation.Paragraphs);
        Add(
            batch,
            """
            insert into membership.dues_regulation (id, delivered, valid_from, valid_to, resolved_by, resolved_on, resolution, due_month, due_day,
              days_after_issue,
              pro_rata_by_months, paragraph_due, paragraph_amount, paragraph_pro_rata, paragraph_leaving, paragraph_reduction)
            values ($1, true, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            """,
            r.Id.Value,
            r.ValidFrom,
            r.ValidTo,
            r.Resolution.Body,
            r.Resolution.On,
            r.Resolution.Text,
            r.Due.Month,
            r.Due.Day,
            r.Due.DaysAfterIssue,
            r.ProRataByMonths,
            p.Due,
            p.Amount,
            p.ProRata,
            p.Leaving,
            p.Reduction
        );
        foreach (var rule in regulation.Rules)
            AddRule(batch, r.Id, rule, "");
        Add(batch, "update membership.dues_regulation set state = 'in_force' where id = $1", r.Id.Value);
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Puts a rule of a category in the place of the one that is there, if any. The version must be a draft.</summary>
    public static async Task ReplaceRuleAsync(MembershipDb db, DuesRegulationId regulation, DuesRule rule, string by, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(await db.ConnectionAsync(ct), db.Transaction);
        Add(batch, RemovalOfRule, regulation.Value, rule.Category);
        AddRule(batch, regulation, rule, by);
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Takes the rule of a category away. The version must be a draft.</summary>
    public static async Task RemoveRuleAsync(MembershipDb db, DuesRegulationId regulation, string category, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(await db.ConnectionAsync(ct), db.Transaction);
        Add(batch, RemovalOfRule, regulation.Value, category);
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Copies the rules of a version into a draft that has none.</summary>
    public static async Task CopyRulesAsync(MembershipDb db, DuesRegulationId from, DuesRegulationId to, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(await db.ConnectionAsync(ct), db.Transaction);
        foreach (var rule in (await ReadAsync(db, from, ct)).Rules)
            AddRule(batch, to, rule, by: ""); // whoever copies changes nothing
        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(ct);
    }

    private const string RemovalOfRule = "delete from membership.dues_rule where regulation_id = $1 and category = $2";

    private static void AddRule(NpgsqlBatch batch, DuesRegulationId regulation, DuesRule rule, string by)
    {
        var kind = rule switch
        {
            FlatRule => "flat",
            BandRule => "bands",
            _ => "rate",
        };
        var rate = rule as RateRule;
        Add(
            batch,
            "insert into membership.dues_rule (regulation_id, category, kind, measure, amount, rate, minimum, maximum, changed_by_name) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            regulation.Value,
            rule.Category,
            kind,
            rule.NeededMeasure,
            (rule as FlatRule)?.Amount.Amount,
            rate?.Rate,
            rate?.Minimum?.Amount,
            rate?.Maximum?.Amount,
            by
        );
        foreach (var band in (rule as BandRule)?.Bands ?? [])
            Add(
                batch,
                """
                insert into membership.dues_band (regulation_id, category, from_value, to_value, amount, unit_above, unit_rate, maximum)
                values ($1, $2, $3, $4, $5, $6, $7, $8)
                """,
                regulation.Value,
                rule.Category,
                band.From,
                band.To,
                band.Amount.Amount,
                band.PerUnit?.Above,
                band.PerUnit?.Rate,
                band.PerUnit?.Maximum?.Amount
            );
    }

    private static void Add(NpgsqlBatch batch, string sql, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        batch.BatchCommands.Add(command);
    }

    // One round trip for versions, rules and bands.
    private static async Task<IReadOnlyList<DuesRegulation>> ReadAsync(MembershipDb db, string where, object value, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection, db.Transaction);
        Add(
            batch,
            $"select * from membership.dues_band where regulation_id in (select id from membership.dues_regulation where {where}) order by from_value",
            value
        );
        Add(
            batch,
            $"select u.* from membership.dues_rule u join membership.category c on c.code = u.category where regulation_id in (select id from membership.dues_regulation where {where}) order by c.position",
            value
        );
        Add(batch, $"select * from membership.dues_regulation where {where} order by valid_from desc", value);
        await using var reader = await batch.ExecuteReaderAsync(ct);

        var bands = new List<(Guid Regulation, string Category, DuesBand Band)>();
        while (await reader.ReadAsync(ct))
            bands.Add((reader.Get<Guid>("regulation_id"), reader.Get<string>("category"), Band(reader)));
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
            regulations.Add(
                new DuesRegulation(
                    DuesRegulationId.From(id),
                    reader.Get<DateOnly>("valid_from"),
                    reader.Maybe<DateOnly>("valid_to"),
                    ResolutionOf(reader),
                    new DueRule(reader.Get<int>("due_month"), reader.Get<int>("due_day"), reader.Get<int>("days_after_issue")),
                    new Paragraphs(
                        reader.Get<string>("paragraph_due"),
                        reader.Get<string>("paragraph_amount"),
                        reader.Get<string>("paragraph_pro_rata"),
                        reader.Get<string>("paragraph_leaving"),
                        reader.Get<string>("paragraph_reduction")
                    ),
                    reader.Get<bool>("pro_rata_by_months"),
                    [.. rules.Where(r => r.Regulation == id).Select(r => r.Rule)],
                    reader.Get<int>("number")
                )
            );
        }
        return regulations;
    }

    private static Resolution ResolutionOf(NpgsqlDataReader reader) =>
        reader.MaybeText("resolved_by") is { } body && reader.Maybe<DateOnly>("resolved_on") is { } day
            ? new Resolution(body, day, reader.Get<string>("resolution"))
            : Resolution.None;

    private static DuesBand Band(NpgsqlDataReader reader) =>
        new(
            reader.Get<int>("from_value"),
            reader.Maybe<int>("to_value"),
            new Money(reader.Get<decimal>("amount")),
            reader.Maybe<int>("unit_above") is { } above ? new UnitPart(above, reader.Get<decimal>("unit_rate"), reader.MaybeMoney("maximum")) : null
        );

    private static DuesRule Rule(NpgsqlDataReader reader, string category, IReadOnlyList<DuesBand> bands) =>
        reader.Get<string>("kind") switch
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

    public static T? Maybe<T>(this NpgsqlDataReader reader, string column)
        where T : struct => reader.IsDBNull(reader.GetOrdinal(column)) ? null : reader.Get<T>(column);

    public static string? MaybeText(this NpgsqlDataReader reader, string column) =>
        reader.IsDBNull(reader.GetOrdinal(column)) ? null : reader.Get<string>(column);

    public static Money? MaybeMoney(this NpgsqlDataReader reader, string column) => reader.Maybe<decimal>(column) is { } amount ? new Money(amount) : null;
}
