namespace Association.Platform.Data.Postgres;

/// <summary>Where an embedded PostgreSQL keeps its files and how it is tuned.</summary>
/// <param name="DataFolder">The installation's data folder (<c>.data</c>); the server's files go below it, or are linked from it.</param>
public sealed record EmbeddedPostgresOptions(string DataFolder)
{
    /// <summary>Settings of <c>postgresql.conf</c> that differ from those of a small office, such as <c>fsync = off</c> in tests.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
