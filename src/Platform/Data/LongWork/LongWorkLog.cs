using Dapper;

namespace Association.Platform.Data.LongWork;

/// <summary>
/// Work that takes longer than a page may: what, by whom, how far. Each chunk moves it in its own transaction, so that the
/// figures are true after any crash and on any host.
/// </summary>
/// <remarks>
/// Writers take the context of the handler and use its transaction. Concurrent chunks of one piece of work wait for each other at its row.
/// </remarks>
public sealed class LongWorkLog(OfficeDatabase database, TimeProvider clock)
{
    /// <summary>Notes the start.</summary>
    /// <param name="db">The handler's context.</param>
    /// <param name="kind">What does it: <c>membership.dues-run</c>.</param>
    /// <param name="subject">What a person calls it; no personal data.</param>
    /// <param name="link">The page that shows it.</param>
    /// <param name="total">How many things there are to do.</param>
    /// <param name="by">Name of the person.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Its id.</returns>
    public async Task<Guid> StartAsync(ModuleDbContext db, string kind, StoredText subject, string link, int total, string by, CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        await ExecuteAsync(
            db,
            """
            insert into platform.long_work (id, kind, subject, link, total, started_by, started_at, finished_at)
            values (@id, @kind, @subject, @link, @total, @by, @now, case when @total = 0 then @now end)
            """,
            new
            {
                id,
                kind,
                subject = subject.ToString(),
                link,
                total,
                by,
                now = clock.GetUtcNow(),
            },
            ct
        );
        return id;
    }

    /// <summary>
    /// One step of work that ends in something made of all of it, such as one file of many letters: the next chunk, or, when nothing waits any more, the end.
    /// Whoever is killed in between, the next delivery goes on where it stood. The caller holds the lock of the work's own row, so that one delivery works.
    /// </summary>
    /// <param name="db">The handler's context.</param>
    /// <param name="work">The work.</param>
    /// <param name="chunk">So many things a step.</param>
    /// <param name="waiting">The next things that are not done yet, in order, at most so many.</param>
    /// <param name="make">Does these, so that they wait no more.</param>
    /// <param name="finish">All of them are done: makes of them what they are for.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Whether another step is to follow.</returns>
    public async Task<bool> StepAsync<T>(
        ModuleDbContext db,
        Guid work,
        int chunk,
        Func<int, Task<IReadOnlyList<T>>> waiting,
        Func<IReadOnlyList<T>, Task> make,
        Func<Task> finish,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(waiting);
        ArgumentNullException.ThrowIfNull(make);
        ArgumentNullException.ThrowIfNull(finish);
        var next = await waiting(chunk + 1);
        if (next.Count == 0)
        {
            await finish();
            await CompleteAsync(db, work, ct);
            return false;
        }
        await make([.. next.Take(chunk)]);
        // The last ones count when what is made of all is there: only then is the work done.
        if (next.Count > chunk)
            await AdvanceAsync(db, work, chunk, failed: 0, ct);
        return true;
    }

    /// <summary>Moves the work on by a chunk; finishes it with the last one.</summary>
    public async Task AdvanceAsync(ModuleDbContext db, Guid work, int done, int failed, CancellationToken ct) =>
        await ExecuteAsync(
            db,
            """
            update platform.long_work
               set done = done + @done, failed = failed + @failed,
                   finished_at = case when done + @done + failed + @failed >= total then coalesce(finished_at, @now) end
             where id = @work
            """,
            new
            {
                work,
                done,
                failed,
                now = clock.GetUtcNow(),
            },
            ct
        );

    /// <summary>Keeps why one thing failed, and counts it.</summary>
    public async Task FailAsync(ModuleDbContext db, Guid work, string subject, string reason, CancellationToken ct)
    {
        await ExecuteAsync(
            db,
            "insert into platform.long_work_error (work_id, at, subject, reason) values (@work, @now, @subject, @reason)",
            new
            {
                work,
                subject,
                reason,
                now = clock.GetUtcNow(),
            },
            ct
        );
        await AdvanceAsync(db, work, 0, 1, ct);
    }

    /// <summary>All that did not fail is done: ends the work with its last step, which concerned all of it.</summary>
    public async Task CompleteAsync(ModuleDbContext db, Guid work, CancellationToken ct) =>
        await ExecuteAsync(
            db,
            "update platform.long_work set done = total - failed, finished_at = coalesce(finished_at, @now) where id = @work",
            new { work, now = clock.GetUtcNow() },
            ct
        );

    /// <summary>Ends the work before all is done: it was cancelled, or nothing is left.</summary>
    public async Task FinishAsync(ModuleDbContext db, Guid work, CancellationToken ct) =>
        await ExecuteAsync(
            db,
            "update platform.long_work set finished_at = coalesce(finished_at, @now) where id = @work",
            new { work, now = clock.GetUtcNow() },
            ct
        );

    /// <summary>Wishes that the work stops; whoever does it looks at <see cref="LongWorkState.CancelWished"/> before each chunk.</summary>
    public async Task WishCancelAsync(Guid work, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                "update platform.long_work set cancel_wished = true where id = @work and finished_at is null",
                new { work },
                cancellationToken: ct
            )
        );
    }

    /// <summary>How far it is, as committed; null when there is no such work.</summary>
    public async Task<LongWorkState?> ReadAsync(Guid work, CancellationToken ct) => (await QueryAsync("where id = @work", new { work }, ct)).SingleOrDefault();

    /// <summary>What is running now, the oldest first.</summary>
    public Task<IReadOnlyList<LongWorkState>> RunningAsync(CancellationToken ct) => QueryAsync("where finished_at is null", new { }, ct);

    /// <summary>What did not go well, in order; at most <paramref name="limit"/>.</summary>
    public async Task<IReadOnlyList<LongWorkError>> ErrorsAsync(Guid work, int limit, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<(DateTime At, string Subject, string Reason)>(
            new CommandDefinition(
                "select at, subject, reason from platform.long_work_error where work_id = @work order by id limit @limit",
                new { work, limit },
                cancellationToken: ct
            )
        );
        return [.. rows.Select(r => new LongWorkError(r.At, r.Subject, r.Reason))];
    }

    private async Task<IReadOnlyList<LongWorkState>> QueryAsync(string where, object parameters, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition(
                $"""
                select id, kind, subject, link, total, done, failed, started_by as StartedBy, started_at as StartedAt, finished_at as FinishedAt,
                  cancel_wished as CancelWished
                  from platform.long_work {where} order by started_at, id
                """,
                parameters,
                cancellationToken: ct
            )
        );
        return
        [
            .. rows.Select(r => new LongWorkState(
                r.Id,
                r.Kind,
                r.Subject,
                r.Link,
                r.Total,
                r.Done,
                r.Failed,
                r.StartedBy,
                r.StartedAt,
                r.FinishedAt is { } at ? at : null,
                r.CancelWished
            )),
        ];
    }

    private static async Task ExecuteAsync(ModuleDbContext db, string sql, object parameters, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, db.Transaction, cancellationToken: ct));
    }

    private sealed record Row(
        Guid Id,
        string Kind,
        string Subject,
        string Link,
        int Total,
        int Done,
        int Failed,
        string StartedBy,
        DateTime StartedAt,
        DateTime? FinishedAt,
        bool CancelWished
    );
}
