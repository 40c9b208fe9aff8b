using System.Text.Json;
using System.Text.Json.Serialization;
using Association.Platform.Data.Kernel;
using Dapper;
using Npgsql;

namespace Association.Platform.Data.Settings;

/// <summary>The versions of the office's rules, in the database.</summary>
internal sealed class StoredOfficeRules(OfficeDatabase database) : IOfficeRules
{
    private static readonly JsonSerializerOptions Json = new() { Converters = { new MoneyJsonConverter(), new JsonStringEnumConverter() } };

    public async Task<OfficeRules> CurrentAsync(CancellationToken ct) =>
        await ReadAsync("order by version desc limit 1", new { }, ct) is [var newest] ? newest.Value : OfficeRules.Default;

    public async Task<OfficeRules> CurrentAsync(NpgsqlConnection connection, CancellationToken ct) =>
        await ReadAsync(connection, "order by version desc limit 1", new { }, ct) is [var newest] ? newest.Value : OfficeRules.Default;

    public async Task<OfficeRules> VersionAsync(int version, CancellationToken ct) =>
        version == 0 ? OfficeRules.Default
        : await ReadAsync("where version = @version", new { version }, ct) is [var found] ? found.Value
        : throw new KeyNotFoundException($"There is no version {version} of the office's rules.");

    public async Task<IReadOnlyList<SettingsVersion<OfficeRules>>> HistoryAsync(CancellationToken ct) => await ReadAsync("order by version desc", new { }, ct);

    // The primary key decides between two who save at once: the second waits for the first to commit and then inserts nothing.
    public async Task<int?> SaveAsync(NpgsqlConnection connection, OfficeRules rules, CancellationToken ct) =>
        await connection.ExecuteScalarAsync<int?>(
            new CommandDefinition(
                """
                insert into platform.office_rules (version, rules)
                select @Version + 1, @json::jsonb where not exists (select from platform.office_rules where version > @Version)
                on conflict (version) do nothing
                returning version
                """,
                new { rules.Version, json = JsonSerializer.Serialize(rules, Json) },
                cancellationToken: ct
            )
        );

    private async Task<IReadOnlyList<SettingsVersion<OfficeRules>>> ReadAsync(string which, object parameters, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await ReadAsync(connection, which, parameters, ct);
    }

    private static async Task<IReadOnlyList<SettingsVersion<OfficeRules>>> ReadAsync(
        NpgsqlConnection connection,
        string which,
        object parameters,
        CancellationToken ct
    )
    {
        var rows = await connection.QueryAsync<(int Version, string Rules, DateTime At, string By)>(
            new CommandDefinition($"select version, rules::text, changed_at, changed_by from platform.office_rules {which}", parameters, cancellationToken: ct)
        );
        return
        [
            .. rows.Select(r => new SettingsVersion<OfficeRules>(
                JsonSerializer.Deserialize<OfficeRules>(r.Rules, Json)! with
                {
                    Version = r.Version,
                },
                r.Version,
                new DateTimeOffset(r.At, TimeSpan.Zero),
                r.By
            )),
        ];
    }
}
