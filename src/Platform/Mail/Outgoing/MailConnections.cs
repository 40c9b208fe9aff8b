using Association.Platform.Data;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Association.Platform.Mail.Outgoing;

/// <summary>
/// A few connections that hold mails while their server is talked to. They commit at once and keep a lock, so they are none of a handler's; and they come
/// from a pool of their own, so that no handler waits for a second one of the modules'.
/// </summary>
internal sealed class MailConnections(IConfiguration configuration) : IAsyncDisposable
{
    /// <summary>So many mails are handed over at once by a process.</summary>
    public const int Most = 10;

    public NpgsqlDataSource Database { get; } =
        NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(DataServices.ConnectionString(configuration))
            {
                MaxPoolSize = Most,
                // A host that froze or lost its network does not hold a mail for ever: the server ends its silent session.
                Options = "-c idle_session_timeout=30min -c association.user_name=System",
            }.ConnectionString
        );

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
