using Association.Office.Contracts;
using Association.Office.People.Data;
using Association.Platform.Data;
using Dapper;

namespace Association.Office.People.Sessions;

/// <summary>The rows behind the cookies. One statement a request, by primary key.</summary>
internal sealed class SessionStore(OfficeDatabase database, TimeProvider clock)
{
    /// <summary>A session ends by itself when its browser was silent for a working day.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromHours(10);

    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);
    private static readonly TimeSpan SeenIsFresh = TimeSpan.FromMinutes(5);

    /// <summary>Begins one, and forgets the person's old ones.</summary>
    /// <param name="personId">Whose.</param>
    /// <param name="browser">A word.</param>
    /// <param name="system">A word.</param>
    /// <param name="twoFactors">Whether the person showed more than a password.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Guid> BeginAsync(Guid personId, string browser, string system, bool twoFactors, CancellationToken ct)
    {
        var (id, now) = (Guid.CreateVersion7(), clock.GetUtcNow());
        await using var connection = await database.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                delete from identity.session where person_id = @personId and last_seen_at < @old;
                insert into identity.session (id, person_id, browser, system, first_seen_at, last_seen_at, two_factors)
                values (@id, @personId, @browser, @system, @now, @now, @twoFactors)
                """,
                new
                {
                    id,
                    personId,
                    browser,
                    system,
                    now,
                    twoFactors,
                    old = now - Kept,
                },
                cancellationToken: ct
            )
        );
        return id;
    }

    /// <summary>Whose it is; null when it ended, was silent for too long, or its person is locked.</summary>
    public async Task<SignedIn?> FindAsync(Guid id, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            new CommandDefinition(
                """
                select p.id as PersonId, p.display_name as Name, p.role as Role, s.last_seen_at < @stale as Stale,
                       not s.two_factors and identity.needs_second_factor(p.id, p.role) as Bare,
                       p.two_factor_enabled or exists (select from identity.passkey k where k.user_id = p.id) as HasOne
                  from identity.session s join identity.person p on p.id = s.person_id
                 where s.id = @id and s.ended_at is null and s.last_seen_at > @silent and (p.lockout_end is null or p.lockout_end < @forever)
                """,
                new
                {
                    id,
                    stale = now - SeenIsFresh,
                    silent = now - Silence,
                    forever = Person.LockedByAdministrator,
                },
                cancellationToken: ct
            )
        );
        if (row is null)
            return null;
        if (row.Stale)
            await connection.ExecuteAsync(
                new CommandDefinition("update identity.session set last_seen_at = @now where id = @id", new { id, now }, cancellationToken: ct)
            );
        return new SignedIn(
            id,
            row.PersonId,
            row.Name,
            row.Role,
            !row.Bare ? MissingFactor.Nothing
                : row.HasOne ? MissingFactor.ToShow
                : MissingFactor.ToSetUp
        );
    }

    /// <summary>Ends it: the person signed out.</summary>
    public async Task EndAsync(Guid id, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                "update identity.session set ended_at = @now where id = @id and ended_at is null",
                new { id, now = clock.GetUtcNow() },
                cancellationToken: ct
            )
        );
    }

    private sealed record Row(Guid PersonId, string Name, string Role, bool Stale, bool Bare, bool HasOne);
}
