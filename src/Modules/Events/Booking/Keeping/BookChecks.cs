using Association.Events.Booking.Model;
using Association.Events.Contracts;
using Association.Platform.Data;
using Association.Platform.Web.Modules;
using Dapper;
using Marten;
using Marten.Services;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Association.Events.Booking.Keeping;

/// <summary>The rows of every book are those that its facts amount to: registrations, places, taken seats, rules.</summary>
internal sealed class BooksEqualTheirFacts(OfficeDatabase database, IServiceProvider services) : IVerifyCheck
{
    // Somebody may register while a book is read.
    private const int MostTurns = 20;

    public string Name => "event-books";

    public async Task<CheckResult> RunAsync(CancellationToken ct)
    {
        var store = services.GetRequiredKeyedService<IDocumentStore>(typeof(BookingFeature).Assembly);
        await using var connection = await database.OpenConnectionAsync(ct);
        var books = (await connection.Connection.QueryAsync<Guid>(new CommandDefinition("select event_id from events.book", cancellationToken: ct))).AsList();
        var (registrations, wrong) = (0, new List<string>());
        foreach (var id in books.Select(EventId.From))
        {
            var (kept, folded) = await ReadAsync(id, store, connection.Connection, ct);
            registrations += folded.Registrations.Count;
            wrong.AddRange(Differences(id, folded, kept).Select(what => $"{what} of event {id.Value}"));
        }
        return new CheckResult(
            wrong.Count == 0,
            wrong.Count == 0
                ? $"{books.Count} books with {registrations} registrations, as their facts say"
                : $"{wrong.Count} differences: {string.Join("; ", wrong.Take(3))}"
        );
    }

    // No lock, which would last as long as the transaction in which all books are checked: what was read is of one moment when the version stayed.
    private static async Task<(Book Kept, Book Folded)> ReadAsync(EventId id, IDocumentStore store, NpgsqlConnection connection, CancellationToken ct)
    {
        var session = store.QuerySession(SessionOptions.ForConnection(connection)); // never disposed: it would close the connection, which is not its own
        for (var turn = 1; ; turn++)
        {
            var kept = await BookRows.ReadWholeAsync(id, connection, ct);
            var facts = await session.Events.FetchStreamAsync(id.Value, token: ct);
            var version = await connection.ExecuteScalarAsync<long>(
                new CommandDefinition("select version from events.book where event_id = @id", new { id = id.Value }, cancellationToken: ct)
            );
            if (version == kept.Version || turn == MostTurns)
                return (kept, facts.Select(e => e.Data).OfType<BookFact>().Aggregate(Book.Empty, (book, fact) => book.Apply(fact)));
        }
    }

    private static IEnumerable<string> Differences(EventId id, Book folded, Book kept)
    {
        if (folded.Rules != kept.Rules)
            yield return "rules";
        if ((folded.NextPlace, folded.Version) != (kept.NextPlace, kept.Version))
            yield return "next place or number of facts";
        foreach (var pool in folded.Pools.Keys.Union(kept.Pools.Keys))
            if (folded.Pools.GetValueOrDefault(pool) != kept.Pools.GetValueOrDefault(pool))
                yield return $"seats of pool {pool.Value}";
        var (ours, theirs) = (Rows(id, folded), Rows(id, kept));
        foreach (var registration in ours.Keys.Union(theirs.Keys))
            if (ours.GetValueOrDefault(registration) != theirs.GetValueOrDefault(registration))
                yield return $"registration {registration.Value}";
    }

    private static Dictionary<RegistrationId, string> Rows(EventId id, Book book) =>
        book.Registrations.Values.Zip(BookRows.Written(id, book, book.Registrations.Values)).ToDictionary(r => r.First.Id, r => r.Second.ToJsonString());
}
