using System.Globalization;
using Association.Events.Planning.Model;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Web.Modules;
using Dapper;
using Marten;
using Marten.Services;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Events.Planning.Demo;

/// <summary>Invented events for trying the product: one of each stage, one across the borders with parallel sessions.</summary>
/// <remarks>Not by commands: one of them is over, and that one nobody could publish any more.</remarks>
internal sealed class DemoEvents(OfficeDatabase database, IServiceProvider services, TimeProvider clock) : IDemoData
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
        await using var session = store.LightweightSession(SessionOptions.ForConnection(connection.Connection));
        session.Insert<EventPlan>(plans);
        await session.SaveChangesAsync(ct);
        return string.Create(CultureInfo.InvariantCulture, $"{plans.Count} Veranstaltungen");
    }
}
