using System.Text.Json;
using Dapper;
using Npgsql;

namespace Association.Platform.Data.Settings;

/// <summary>The versions of the association's own data, in the database.</summary>
internal sealed class AssociationProfiles(OfficeDatabase database, AssociationLogos logos) : IAssociationProfiles
{
    public async Task<AssociationProfile> CurrentAsync(CancellationToken ct) =>
        await ReadAsync("order by version desc limit 1", new { }, ct) is [var newest]
            ? await WithLogoAsync(newest.Value, ct)
            : throw new KeyNotFoundException("The association has no profile yet.");

    public async Task<AssociationProfile> VersionAsync(int version, CancellationToken ct) =>
        await ReadAsync("where version = @version", new { version }, ct) is [var found]
            ? await WithLogoAsync(found.Value, ct)
            : throw new KeyNotFoundException($"There is no version {version} of the association's profile.");

    public async Task<IReadOnlyList<SettingsVersion<AssociationProfile>>> HistoryAsync(CancellationToken ct) =>
        await ReadAsync("order by version desc", new { }, ct);

    public async Task<int> SaveAsync(AssociationProfile profile, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await connection.ExecuteScalarAsync<int>(
            new CommandDefinition(
                """
                insert into platform.association_profile (version, profile)
                select coalesce(max(version), 0) + 1, @json::jsonb from platform.association_profile
                returning version
                """,
                new { json = JsonSerializer.Serialize(profile) },
                cancellationToken: ct
            )
        );
    }

    // The primary key decides between two who save at once: the second waits for the first to commit and then inserts nothing.
    public async Task<int?> SaveAsync(NpgsqlConnection connection, AssociationProfile profile, Guid? bankDetailsChange, CancellationToken ct) =>
        await connection.ExecuteScalarAsync<int?>(
            new CommandDefinition(
                """
                insert into platform.association_profile (version, profile, bank_details_change)
                select @Version + 1, @json::jsonb, @bankDetailsChange where not exists (select from platform.association_profile where version > @Version)
                on conflict (version) do nothing
                returning version
                """,
                new
                {
                    profile.Version,
                    json = JsonSerializer.Serialize(profile),
                    bankDetailsChange,
                },
                cancellationToken: ct
            )
        );

    private async Task<AssociationProfile> WithLogoAsync(AssociationProfile profile, CancellationToken ct) =>
        profile.LogoId is { } id ? profile with { Logo = await logos.FindAsync(id, ct) } : profile;

    private async Task<IReadOnlyList<SettingsVersion<AssociationProfile>>> ReadAsync(string which, object parameters, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<(int Version, string Profile, DateTime At, string By)>(
            new CommandDefinition(
                $"select version, profile::text, changed_at, changed_by from platform.association_profile {which}",
                parameters,
                cancellationToken: ct
            )
        );
        return
        [
            .. rows.Select(r => new SettingsVersion<AssociationProfile>(
                JsonSerializer.Deserialize<AssociationProfile>(r.Profile)! with
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
