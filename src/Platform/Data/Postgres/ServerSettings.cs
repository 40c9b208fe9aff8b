using System.Text;

namespace Association.Platform.Data.Postgres;

/// <summary>The server's <c>postgresql.conf</c>: written anew at each start; what an administrator sets with <c>ALTER SYSTEM</c> wins.</summary>
internal static class ServerSettings
{
    private static readonly Dictionary<string, string> Office = new(StringComparer.Ordinal)
    {
        ["listen_addresses"] = "''",
        ["max_connections"] = "200",
        // A small office: some ten thousand members, a machine with a few gigabytes that also does other things.
        ["shared_buffers"] = "256MB",
        ["effective_cache_size"] = "1GB",
        ["work_mem"] = "16MB",
        ["maintenance_work_mem"] = "128MB",
        ["max_wal_size"] = "2GB",
        ["checkpoint_timeout"] = "15min",
        ["wal_compression"] = "on",
        ["random_page_cost"] = "1.1",
        ["jit"] = "off", // costs more than it gains on queries of milliseconds
        // Books: what was committed stays, whatever happens to the machine.
        ["fsync"] = "on",
        ["synchronous_commit"] = "on",
        ["max_logical_replication_workers"] = "0",
        ["timezone"] = "'UTC'",
        ["log_timezone"] = "'UTC'",
        ["lc_messages"] = "'C'",
        ["logging_collector"] = "on",
        ["log_filename"] = "'postgresql-%a.log'", // a week, then over again
        ["log_truncate_on_rotation"] = "on",
        ["log_rotation_size"] = "0",
        // No personal data in logs: neither statements nor the values that broke a constraint.
        ["log_min_error_statement"] = "panic",
        ["log_error_verbosity"] = "terse",
    };

    /// <summary>Writes the files.</summary>
    public static async Task WriteAsync(ServerFolder folder, IReadOnlyDictionary<string, string> own, CancellationToken ct)
    {
        var settings = new Dictionary<string, string>(Office, StringComparer.Ordinal)
        {
            ["unix_socket_directories"] = $"'{folder.SocketFolder.Replace("'", "''", StringComparison.Ordinal)}'",
            ["log_directory"] = $"'{folder.Log.Replace("'", "''", StringComparison.Ordinal)}'",
        };
        foreach (var (name, value) in own)
            settings[name] = value;
        var text = new StringBuilder("# Written by the product at each start. Own settings: ALTER SYSTEM SET …\n");
        foreach (var (name, value) in settings)
            text.Append(name).Append(" = ").Append(value).Append('\n');
        await File.WriteAllTextAsync(Path.Combine(folder.Cluster, "postgresql.conf"), text.ToString(), ct);
        // The socket lies in a directory that only the server's account and root can enter: that is the authentication.
        await File.WriteAllTextAsync(Path.Combine(folder.Cluster, "pg_hba.conf"), "local all all trust\n", ct);
    }
}
