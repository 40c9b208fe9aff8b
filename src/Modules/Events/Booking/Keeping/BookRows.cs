using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Association.Events.Booking.Model;
using Association.Events.Contracts;
using Association.Platform.Data;
using Npgsql;

namespace Association.Events.Booking.Keeping;

/// <summary>A book as it lies in its rows. What is written is what the facts changed, so rows folded anew from the stream are the same.</summary>
internal static class BookRows
{
    private const string Columns = "id, event_id, group_id, is_whole, needs, state, place, offered_until, registered_at, fact";

    /// <summary>Everything but registrations, and with them those that a command names with all of their groups. The row of the book is locked.</summary>
    /// <returns>Empty when no seats were planned. A registration of another event is answered, too: nobody may name it.</returns>
    public static Task<(Book Book, IReadOnlyList<RegistrationId> Elsewhere)> LockAsync(
        EventId id,
        IReadOnlyList<RegistrationId> named,
        GroupId? group,
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        CancellationToken ct
    ) => ReadAsync(id, named, group, " for update", connection, transaction, ct);

    private static async Task<(Book Book, IReadOnlyList<RegistrationId> Elsewhere)> ReadAsync(
        EventId id,
        IReadOnlyList<RegistrationId> named,
        GroupId? group,
        string locking,
        NpgsqlConnection connection,
        NpgsqlTransaction? transaction,
        CancellationToken ct
    )
    {
        // In one round trip. Each statement sees what was committed when it began, so those behind the first see what the last holder of the lock left.
        await using var batch = new NpgsqlBatch(connection, transaction);
        Add(
            batch,
            $"select opens_at, closes_at, waiting_list, offer_hours, most_at_once, next_place, version from events.book where event_id = $1{locking}",
            id.Value
        );
        Add(batch, "select pool, kind, capacity, taken from events.seat_pool where event_id = $1", id.Value);
        if (named.Count > 0 || group is not null)
            Add(
                batch,
                $"""
                select {Columns} from events.registration
                 where group_id = any (array(select group_id from events.registration where id = any ($1)) || $2)
                """,
                named.Select(n => n.Value).ToArray(),
                group is { } known ? new[] { known.Value } : []
            );
        await batch.PrepareAsync(ct);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var book = Book.Empty;
        if (await reader.ReadAsync(ct))
            book = book with { Rules = Rules(reader), NextPlace = reader.GetInt64(5), Version = reader.GetInt64(6) };
        await reader.NextResultAsync(ct);
        var pools = ImmutableDictionary.CreateBuilder<PoolId, Pool>();
        while (await reader.ReadAsync(ct))
            pools[new(reader.GetGuid(0))] = new Pool(EnumText.Parse<PoolKind>(reader.GetString(1)), Whole(reader, 2), reader.GetInt32(3));
        book = book with { Pools = pools.ToImmutable() };
        if (!await reader.NextResultAsync(ct))
            return (book, []);
        var rows = await ReadAsync(reader, ct);
        return (With(book, rows.Where(r => r.Event == id)), [.. rows.Where(r => r.Event != id).Select(r => r.Registration.Id)]);
    }

    /// <summary>The first of those who wait, so many of each wish: whoever wishes the same as another can only follow him. With all that have their
    /// place.</summary>
    public static Task<Book> WithWaitingAsync(this Book book, EventId id, int first, NpgsqlConnection connection, CancellationToken ct) =>
        book.WithAsync(
            $"""
            select {Columns} from events.registration
             where event_id = $1 and state = 'waiting' and place in (
               select place from (select place, row_number() over (partition by wish order by place) as n
                                    from (select distinct wish, place from events.registration where event_id = $1 and state = 'waiting') as entry) as ranked
                where n <= $2)
            """,
            connection,
            ct,
            id.Value,
            first
        );

    /// <summary>Those whose offer is over, with all of their groups.</summary>
    public static Task<Book> WithLapsingAsync(this Book book, EventId id, DateTimeOffset now, NpgsqlConnection connection, CancellationToken ct) =>
        book.WithAsync(
            $"""
            select {Columns} from events.registration
             where event_id = $1
               and group_id in (select group_id from events.registration where event_id = $1 and state = 'offered' and offered_until <= $2)
            """,
            connection,
            ct,
            id.Value,
            now
        );

    /// <summary>All of it, without a lock: who writes meanwhile raises its version.</summary>
    public static async Task<Book> ReadWholeAsync(EventId id, NpgsqlConnection connection, CancellationToken ct)
    {
        var (book, _) = await ReadAsync(id, [], null, locking: "", connection, transaction: null, ct);
        return await book.WithAsync($"select {Columns} from events.registration where event_id = $1", connection, ct, id.Value);
    }

    /// <summary>Writes what differs.</summary>
    public static async Task WriteAsync(EventId id, Book before, Book after, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        if (before.Rules == after.Rules)
            Add(batch, "update events.book set next_place = $2, version = $3 where event_id = $1", id.Value, after.NextPlace, after.Version);
        else
            Add(
                batch,
                """
                insert into events.book values ($1, $2, $3, $4, $5, $6, $7, $8)
                on conflict (event_id) do update set opens_at = excluded.opens_at, closes_at = excluded.closes_at, waiting_list = excluded.waiting_list,
                  offer_hours = excluded.offer_hours, most_at_once = excluded.most_at_once, next_place = excluded.next_place, version = excluded.version
                """,
                id.Value,
                after.Rules!.Opens,
                after.Rules.Closes,
                after.Rules.WaitingList,
                after.Rules.OfferHours,
                after.Rules.MostAtOnce,
                after.NextPlace,
                after.Version
            );
        AddPools(batch, id, before, after);
        var changed = Changed(before, after);
        if (changed.Count > 0)
            Add(
                batch,
                """
                insert into events.registration (id, event_id, group_id, is_whole, needs, state, place, wish, offered_until, registered_at, fact)
                select id, event_id, group_id, is_whole, needs, state, place, wish, offered_until, registered_at, fact
                  from jsonb_populate_recordset(null::events.registration, $1::jsonb)
                on conflict (id) do update set group_id = excluded.group_id, is_whole = excluded.is_whole, needs = excluded.needs, state = excluded.state,
                  place = excluded.place, wish = excluded.wish, offered_until = excluded.offered_until, registered_at = excluded.registered_at,
                  fact = excluded.fact
                """,
                new JsonArray([.. Written(id, after, changed)]).ToJsonString()
            );
        await batch.PrepareAsync(ct);
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Rows as they are written; two books with the same rows are the same.</summary>
    public static IEnumerable<JsonObject> Written(EventId id, Book book, IEnumerable<Registration> registrations)
    {
        var wishes = book.Waiting.ToDictionary(entry => entry[0].Place!.Value, WishOf);
        foreach (var r in registrations)
            yield return new JsonObject
            {
                ["id"] = r.Id.Value,
                ["event_id"] = id.Value,
                ["group_id"] = r.Group.Value,
                ["is_whole"] = r.IsWhole,
                ["needs"] = new JsonArray([.. r.Needs.Select(n => (JsonNode)n.Value)]),
                ["state"] = EnumText.Of(r.State),
                ["place"] = r.Place,
                ["wish"] = r.Place is { } place ? wishes[place] : null,
                ["offered_until"] = r.OfferedUntil?.ToUniversalTime(),
                ["registered_at"] = r.At,
                ["fact"] = r.Fact,
            };
    }

    // With those who have a place together with one of them: they wish something else together now.
    private static List<Registration> Changed(Book before, Book after)
    {
        var changed = after.Registrations.Values.Where(r => !ReferenceEquals(before.Registrations.GetValueOrDefault(r.Id), r)).ToList();
        var places = changed.Select(r => before.Registrations.GetValueOrDefault(r.Id)?.Place).OfType<long>().ToHashSet();
        return [.. changed, .. after.Registrations.Values.Where(r => r.Place is { } place && places.Contains(place)).Except(changed)];
    }

    private static string WishOf(IReadOnlyList<Registration> entry) =>
        string.Join(
            ' ',
            Book.Demand(entry.Select(r => r.Needs))
                .OrderBy(d => d.Key.Value)
                .Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Value}*{d.Key.Value:N}"))
        );

    private static void AddPools(NpgsqlBatch batch, EventId id, Book before, Book after)
    {
        if (before.Pools == after.Pools)
            return;
        var gone = before.Pools.Keys.Except(after.Pools.Keys).Select(p => p.Value).ToArray();
        if (gone.Length > 0)
            Add(batch, "delete from events.seat_pool where event_id = $1 and pool = any ($2)", id.Value, gone);
        foreach (var (pool, now) in after.Pools.OrderBy(p => p.Key.Value))
        {
            var was = before.Pools.GetValueOrDefault(pool);
            if (was is null || was.Capacity != now.Capacity)
                Add(
                    batch,
                    """
                    insert into events.seat_pool values ($1, $2, $3, $4, $5)
                    on conflict (event_id, pool) do update set capacity = excluded.capacity, taken = seat_pool.taken + $6
                    """,
                    id.Value,
                    pool.Value,
                    EnumText.Of(now.Kind),
                    now.Capacity,
                    now.Taken,
                    now.Taken - (was?.Taken ?? 0)
                );
            else if (was.Taken != now.Taken)
                Add(batch, "update events.seat_pool set taken = taken + $3 where event_id = $1 and pool = $2", id.Value, pool.Value, now.Taken - was.Taken);
        }
    }

    private static async Task<Book> WithAsync(this Book book, string sql, NpgsqlConnection connection, CancellationToken ct, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.PrepareAsync(ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return With(book, await ReadAsync(reader, ct));
    }

    // What is known already stays the object that it is: what is written is found by that.
    private static Book With(Book book, IEnumerable<(EventId Event, Registration Registration)> rows) =>
        book with
        {
            Registrations = book.Registrations.AddRange(
                rows.Where(r => !book.Registrations.ContainsKey(r.Registration.Id)).Select(r => KeyValuePair.Create(r.Registration.Id, r.Registration))
            ),
        };

    private static async Task<List<(EventId Event, Registration Registration)>> ReadAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        var rows = new List<(EventId, Registration)>();
        while (await reader.ReadAsync(ct))
            rows.Add(
                (
                    new EventId(reader.GetGuid(1)),
                    new Registration(
                        new(reader.GetGuid(0)),
                        new(reader.GetGuid(2)),
                        reader.GetBoolean(3),
                        [.. reader.GetFieldValue<Guid[]>(4).Select(PoolId.From)],
                        EnumText.Parse<RegistrationState>(reader.GetString(5)),
                        reader.IsDBNull(6) ? null : reader.GetInt64(6),
                        Time(reader, 7),
                        Time(reader, 8)!.Value,
                        reader.GetInt64(9)
                    )
                )
            );
        return rows;
    }

    private static BookRules Rules(NpgsqlDataReader reader) =>
        new(Time(reader, 0), Time(reader, 1), reader.GetBoolean(2), Whole(reader, 3), reader.GetInt32(4));

    private static int? Whole(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt32(column);

    private static DateTimeOffset? Time(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);

    private static void Add(NpgsqlBatch batch, string sql, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(Parameter(value));
        batch.BatchCommands.Add(command);
    }

    // Of a null the type is said by the column; times are of no zone.
    private static NpgsqlParameter Parameter(object? value) => new() { Value = value is DateTimeOffset at ? at.ToUniversalTime() : value ?? DBNull.Value };
}
