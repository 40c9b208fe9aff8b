using Association.Platform.Data;
using Dapper;
using Npgsql;

namespace Association.Office.People.Attempts;

/// <summary>
/// How often somebody may be wrong about a password or a code. It is counted for the person and the address together: five wrong ones, and this address
/// waits a quarter of an hour, while the person gets in from everywhere else. Whoever tries from many addresses is slowed down. Passkeys are not guessed, so they
/// are not counted.
/// </summary>
/// <remarks>An attempt is counted before it is looked at: of a hundred at the same moment five are looked at.</remarks>
internal sealed class WrongProofs(OfficeDatabase database, CallerAddress caller, TimeProvider clock)
{
    /// <summary>So many may be wrong from one address …</summary>
    public const int Most = 5;

    /// <summary>… then it waits so long.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    private const int ManyEverywhere = 20;
    private static readonly TimeSpan Slowness = TimeSpan.FromSeconds(2);

    /// <summary>Counts an attempt; <see cref="ForgetAsync(Guid, CancellationToken)"/> takes it back when it was right.</summary>
    /// <param name="personId">Whose password; null for nobody's, which takes as long.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False: it is not looked at, this address waits.</returns>
    public async Task<bool> BeginAsync(Guid? personId, CancellationToken ct)
    {
        int here,
            everywhere;
        await using (var connection = await database.OpenConnectionAsync(ct))
            (here, everywhere) = await CountAsync(connection, personId, ct);
        if (everywhere > ManyEverywhere && here <= Most)
            await Task.Delay(Slowness, ct);
        return here <= Most;
    }

    /// <summary>The same on a connection that is open, in its transaction.</summary>
    public async Task<bool> BeginAsync(NpgsqlConnection connection, Guid personId, CancellationToken ct) =>
        (await CountAsync(connection, personId, ct)).Here <= Most;

    /// <summary>It was right: what was wrong before from this address is forgotten.</summary>
    public async Task ForgetAsync(Guid personId, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await ForgetAsync(connection, personId, ct);
    }

    /// <summary>The same on a connection that is open, in its transaction.</summary>
    public Task ForgetAsync(NpgsqlConnection connection, Guid personId, CancellationToken ct) =>
        connection.ExecuteAsync(
            new CommandDefinition(
                "delete from identity.wrong_proof where person_id = @personId and address = @address",
                new { personId, address = caller.Text },
                cancellationToken: ct
            )
        );

    // What is refused while an address waits does not prolong the wait.
    private async Task<(int Here, int Everywhere)> CountAsync(NpgsqlConnection connection, Guid? personId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await connection.QuerySingleAsync<(int, int)>(
            new CommandDefinition(
                """
                with counted as (
                  insert into identity.wrong_proof as w (person_id, address, times, last_at)
                  select id, @address, 1, @now from identity.person where id = @personId
                  on conflict (person_id, address) do update
                     set times = case when w.last_at <= @forgotten then 1 else w.times + 1 end,
                         last_at = case when w.last_at > @forgotten and w.times >= @Most then w.last_at else @now end
                  returning times)
                select coalesce((select times from counted), 1),
                       coalesce((select sum(least(times, @Most)) from identity.wrong_proof where person_id = @personId and last_at > @forgotten), 0)::int
                """,
                new
                {
                    personId,
                    address = caller.Text,
                    now,
                    forgotten = now - Pause,
                    Most,
                },
                cancellationToken: ct
            )
        );
    }
}
