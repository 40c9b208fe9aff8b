using Npgsql;
using NpgsqlTypes;

namespace Association.Benchmarks.Messaging;

/// <summary>What the server can do at best: insert and skip-locked delete on a bare table, driven by prepared statements.</summary>
internal static class RawLimit
{
    /// <summary>An empty table: what an earlier round left would slow this one down.</summary>
    public static Task EmptyAsync(BusHost host) =>
        host.ExecuteAsync("drop table if exists bench.raw; create table bench.raw (id uuid primary key, body json not null)");

    /// <summary>Inserted and deleted each in a transaction of its own, by several clients at once.</summary>
    public static async Task SingleAsync(NpgsqlDataSource database, int count, int clients)
    {
        var left = count;
        var inserting = Enumerable
            .Range(0, clients)
            .Select(_ =>
                Task.Run(async () =>
                {
                    await using var connection = await database.OpenConnectionAsync();
                    await using var insert = new NpgsqlCommand("insert into bench.raw values ($1, $2)", connection)
                    {
                        Parameters =
                        {
                            new() { NpgsqlDbType = NpgsqlDbType.Uuid },
                            new() { NpgsqlDbType = NpgsqlDbType.Json, Value = """{"number":1}""" },
                        },
                    };
                    await insert.PrepareAsync();
                    while (Interlocked.Decrement(ref left) >= 0)
                    {
                        insert.Parameters[0].Value = Guid.CreateVersion7();
                        await insert.ExecuteNonQueryAsync();
                    }
                })
            )
            .ToList();
        await Task.WhenAll(inserting.Append(DeleteAsync(database, count, 1, clients)));
    }

    /// <summary>The same by the hundred.</summary>
    public static async Task BatchAsync(NpgsqlDataSource database, int count, int clients)
    {
        var left = count;
        var inserting = Enumerable
            .Range(0, clients)
            .Select(_ =>
                Task.Run(async () =>
                {
                    await using var connection = await database.OpenConnectionAsync();
                    await using var insert = new NpgsqlCommand("insert into bench.raw select * from unnest($1, $2)", connection)
                    {
                        Parameters =
                        {
                            new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
                            new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Json, Value = Enumerable.Repeat("""{"number":1}""", 100).ToArray() },
                        },
                    };
                    await insert.PrepareAsync();
                    while (Interlocked.Add(ref left, -100) >= 0)
                    {
                        insert.Parameters[0].Value = Enumerable.Range(0, 100).Select(_ => Guid.CreateVersion7()).ToArray();
                        await insert.ExecuteNonQueryAsync();
                    }
                })
            )
            .ToList();
        await Task.WhenAll(inserting.Append(DeleteAsync(database, count, 100, clients)));
    }

    // Each client reads on from where it was: the dead entries behind it are not stepped over again.
    private static Task DeleteAsync(NpgsqlDataSource database, int count, int page, int clients)
    {
        var gone = 0;
        return Task.WhenAll(
            Enumerable
                .Range(0, clients)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        await using var connection = await database.OpenConnectionAsync();
                        await using (
                            var plan = new NpgsqlCommand(
                                "set enable_seqscan = off; set enable_bitmapscan = off; set enable_sort = off; set plan_cache_mode = force_generic_plan",
                                connection
                            )
                        )
                            await plan.ExecuteNonQueryAsync();
                        await using var delete = new NpgsqlCommand(
                            $"delete from bench.raw where ctid = any (array(select ctid from bench.raw where id >= $1 order by id limit {page} for update skip locked)) returning id",
                            connection
                        )
                        {
                            Parameters =
                            {
                                new() { NpgsqlDbType = NpgsqlDbType.Uuid, Value = Guid.Empty },
                            },
                        };
                        await delete.PrepareAsync();
                        while (Volatile.Read(ref gone) < count)
                        {
                            var (deleted, last) = (0, Guid.Empty);
                            await using (var reader = await delete.ExecuteReaderAsync())
                                for (; await reader.ReadAsync(); deleted++)
                                    last = reader.GetGuid(0);
                            Interlocked.Add(ref gone, deleted);
                            delete.Parameters[0].Value = last; // from the start again when nothing was found
                            if (deleted == 0)
                                await Task.Delay(1);
                        }
                    })
                )
        );
    }
}
