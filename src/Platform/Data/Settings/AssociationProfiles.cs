using System.Text.Json;
using Dapper;
using Npgsql;

namespace Association.Platform.Data.Settings;

/// <summary>The versions of the association's own data, in the database.</summary>
internal sealed class AssociationProfiles(NpgsqlDataSource database, TimeProvider clock) : IAssociationProfiles
{
    public async Task<AssociationProfile> CurrentAsync(CancellationToken ct) =>
        await ReadAsync("order by version desc limit 1", new { }, ct)
        ?? throw new KeyNotFoundException("The association has no profile yet.");

    public async Task<AssociationProfile> VersionAsync(int version, CancellationToken ct) =>
        await ReadAsync("where version = @version", new { version }, ct)
        ?? throw new KeyNotFoundException($"There is no version {version} of the association's profile.");

    public async Task<int> SaveAsync(AssociationProfile profile, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            """
            insert into platform.association_profile (version, profile, changed_at)
            select coalesce(max(version), 0) + 1, @json::jsonb, @now from platform.association_profile
            returning version
            """, new { json = JsonSerializer.Serialize(profile), now = clock.GetUtcNow() }, cancellationToken: ct));
    }

    private async Task<AssociationProfile?> ReadAsync(string which, object parameters, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<(int Version, string Profile)>(new CommandDefinition(
            $"select version, profile::text from platform.association_profile {which}", parameters, cancellationToken: ct));
        return row.Profile is null ? null : JsonSerializer.Deserialize<AssociationProfile>(row.Profile)! with { Version = row.Version };
    }
}
