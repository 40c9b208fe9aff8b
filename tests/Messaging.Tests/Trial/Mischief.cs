using Microsoft.EntityFrameworkCore;

namespace Association.Messaging.Tests.Trial;

/// <summary>What a handler should not do, and does.</summary>
internal static class Mischief
{
    /// <summary>Each ends in a dead letter, without effect.</summary>
    public static IReadOnlyList<string> Kinds =>
        [
            "swallows an error of the database",
            "rolls back",
            "closes the connection",
            "times out by itself",
            "is cancelled by itself",
            "half a character in its exception",
            "a very long exception",
            "an exception that cannot be read",
            "out of memory",
            "recurses deeply",
            "cuts its own connection",
        ];

    public static async Task DoAsync(string kind, TrialDb db, CancellationToken ct)
    {
        switch (kind)
        {
            case "swallows an error of the database":
                try
                {
                    await db.Database.ExecuteSqlRawAsync("select 1 / 0", ct);
                }
                catch (Npgsql.PostgresException)
                {
                    // and goes on in a transaction that cannot commit any more
                }
                break;
            case "rolls back":
                await db.Database.RollbackTransactionAsync(ct);
                break;
            case "closes the connection":
                await db.Database.GetDbConnection().CloseAsync();
                break;
            case "times out by itself":
                throw new TaskCanceledException("The request timed out.", new TimeoutException());
            case "is cancelled by itself":
                throw new OperationCanceledException(new CancellationToken(canceled: true));
            case "half a character in its exception":
                throw new InvalidOperationException("half a pair \ud83d and NUL \0");
            case "a very long exception":
                throw new InvalidOperationException(new string('x', 20_000_000));
            case "an exception that cannot be read":
                throw new UnreadableException();
            case "out of memory":
                throw new OutOfMemoryException();
            case "recurses deeply":
                throw Nested(1_000);
            case "cuts its own connection":
                await db.Database.ExecuteSqlRawAsync("select pg_terminate_backend(pg_backend_pid())", ct);
                break;
        }
    }

    private static InvalidOperationException Nested(int depth) => depth == 0 ? new("the innermost") : new($"level {depth}", Nested(depth - 1));

    private sealed class UnreadableException : Exception
    {
        public override string Message => throw new InvalidOperationException("even its message fails");

        public override string ToString() => throw new InvalidOperationException("even its text fails");
    }
}
