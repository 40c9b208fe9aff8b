using System.Globalization;
using Association.Events.Booking.Keeping;
using Association.Events.Planning.Model;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Web.Modules;
using Dapper;
using Marten;
using Marten.Services;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using IUnitOfWork = Association.Platform.Messaging.IUnitOfWork;

namespace Association.Events.Planning.Demo;

/// <summary>Invented events for trying the product: one of each stage, one across the borders with parallel sessions.</summary>
/// <remarks>Not by commands: one of them is over, and that one nobody could publish any more.</remarks>
internal sealed class DemoEvents(OfficeDatabase database, IServiceProvider services, BookKeeper keeper, TimeProvider clock) : IDemoData
{
    public int Order => 300;

    public async Task<string?> SeedAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        if (await connection.ExecuteScalarAsync<bool>(new CommandDefinition("select exists (select from events.mt_doc_eventplan)", cancellationToken: ct)))
            return null;
        // the history shall name who invented them, not the database's user
        await connection.ExecuteAsync(new CommandDefinition("select set_config('association.user_name', 'Demodaten', false)", cancellationToken: ct));
        var plans = new List<EventPlan>();
        foreach (var plan in DemoPlans.All(clock.Today(), clock.GetUtcNow()))
            plans.Add(
                plan with
                {
                    Number = await connection.ExecuteScalarAsync<int>(
                        new CommandDefinition("select nextval('events.event_number')::int", cancellationToken: ct)
                    ),
                }
            );
        var store = services.GetRequiredKeyedService<IDocumentStore>(typeof(PlanningFeature).Assembly);
        await using var unit = new Unit(connection, await connection.Connection.BeginTransactionAsync(ct));
        await using var session = store.LightweightSession(SessionOptions.ForTransaction(unit.Transaction));
        session.Insert<EventPlan>(plans);
        foreach (var plan in plans)
            await keeper.TellAsync(plan, unit, session, ct); // nobody waits yet: no message follows
        await session.SaveChangesAsync(ct);
        await unit.Transaction.CommitAsync(ct);
        return string.Create(CultureInfo.InvariantCulture, $"{plans.Count} Veranstaltungen");
    }

    // What a handler has from the bus.
    private sealed class Unit(NpgsqlConnection connection, NpgsqlTransaction transaction) : IUnitOfWork, IAsyncDisposable
    {
        public NpgsqlConnection Connection => connection;

        public NpgsqlTransaction Transaction => transaction;

        public ValueTask DisposeAsync() => transaction.DisposeAsync();
    }
}
