using System.Collections.Concurrent;
using Dapper;
using Npgsql;

namespace Association.Platform.Data.Settings;

/// <summary>The logos that were uploaded, used or not; a version of the profile names the one that it uses.</summary>
/// <remarks>Thread-safe. Logos are few and never change, so those that were read stay in memory.</remarks>
public sealed class AssociationLogos(OfficeDatabase database)
{
    private readonly ConcurrentDictionary<Guid, AssociationLogo> read = new();

    /// <summary>A logo; null when there is none of this id.</summary>
    public async Task<AssociationLogo?> FindAsync(Guid id, CancellationToken ct)
    {
        if (read.TryGetValue(id, out var known))
            return known;
        return await ReadAsync("where id = @id", new { id }, ct) is [var logo] ? logo : null;
    }

    /// <summary>All of them, newest first.</summary>
    public Task<IReadOnlyList<AssociationLogo>> ListAsync(CancellationToken ct) => ReadAsync("order by uploaded_at desc, id desc", new { }, ct);

    /// <summary>Keeps a logo in the running transaction. Who acts, the database knows.</summary>
    /// <param name="connection">Open, in a transaction.</param>
    /// <param name="logo">A checked and cleaned picture.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task AddAsync(NpgsqlConnection connection, AssociationLogo logo, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(logo);
        await connection.ExecuteAsync(
            new CommandDefinition(
                "insert into platform.association_logo (id, name, media_type, width, height, bytes) values (@Id, @Name, @MediaType, @Width, @Height, @bytes)",
                new
                {
                    logo.Id,
                    logo.Name,
                    logo.MediaType,
                    logo.Width,
                    logo.Height,
                    bytes = logo.Bytes.ToArray(),
                },
                cancellationToken: ct
            )
        );
    }

    private async Task<IReadOnlyList<AssociationLogo>> ReadAsync(string which, object parameters, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<(Guid Id, string Name, string MediaType, int Width, int Height, byte[] Bytes, DateTime At, string By)>(
            new CommandDefinition(
                $"select id, name, media_type, width, height, bytes, uploaded_at, uploaded_by from platform.association_logo {which}",
                parameters,
                cancellationToken: ct
            )
        );
        return
        [
            .. rows.Select(r =>
                read.GetOrAdd(
                    r.Id,
                    new AssociationLogo
                    {
                        Id = r.Id,
                        Name = r.Name,
                        MediaType = r.MediaType,
                        Width = r.Width,
                        Height = r.Height,
                        Bytes = r.Bytes,
                        UploadedAt = new DateTimeOffset(r.At, TimeSpan.Zero),
                        UploadedBy = r.By,
                    }
                )
            ),
        ];
    }
}
