using Association.Messaging.Tests.Trial;
using Association.Platform.Messaging.Delivery;
using JasperFx;
using JasperFx.CodeGeneration;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Wolverine;
using Wolverine.Persistence.Durability;
using Wolverine.Postgresql;
using Wolverine.Runtime;
using Xunit;

namespace Association.Messaging.Tests.Declaring;

/// <summary>Our migrations write Wolverine's tables down; a newer Wolverine that wants others is told here, not by a running office.</summary>
public sealed class WolverineSchemaTests() : TrialOffice(working: false)
{
    private const string Made = "made_by_wolverine";

    [Fact]
    public async Task the_tables_of_our_migrations_are_those_that_wolverine_would_make()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddWolverine(
            ExtensionDiscovery.ManualOnly,
            options =>
            {
                options.ApplicationAssembly = typeof(DeliverySetup).Assembly;
                options.PersistMessagesWithPostgresql(Office.Database, Made);
                options.Durability.MessageIdentity = MessageIdentity.IdAndDestination;
                options.Durability.MessageStorageSchemaName = Made;
                options.CodeGeneration.TypeLoadMode = TypeLoadMode.Static;
                options.Discovery.DisableConventionalDiscovery();
            }
        );
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IWolverineRuntime>().Storage.Admin.MigrateAsync();

        (await ShapeAsync("messaging")).ShouldBe(await ShapeAsync(Made));
    }

    private Task<IReadOnlyList<string>> ShapeAsync(string schema) =>
        ReadAsync<string>(
            """
            select replace(line, @schema || '.', '') from (
              select table_name || '.' || column_name || ' ' || udt_name || ' ' || is_nullable || ' ' || coalesce(column_default, '') as line
                from information_schema.columns where table_schema = @schema and table_name like 'wolverine%'
              union all
              select indexdef from pg_indexes where schemaname = @schema and tablename like 'wolverine%') as shape
             order by 1
            """,
            new { schema }
        );
}
