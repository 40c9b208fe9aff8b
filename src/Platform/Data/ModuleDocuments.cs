using Association.Platform.Data.Kernel;
using JasperFx;
using JasperFx.Events;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Weasel.Core;

namespace Association.Platform.Data;

/// <summary>
/// The documents and event streams of one module (Marten), in the module's schema beside its tables. The schema itself comes from the module's SQL
/// migrations, as that of its tables does; nothing alters it at run time.
/// </summary>
/// <remarks>
/// A handler asks for an <see cref="IDocumentSession"/> (a query for an <see cref="IQuerySession"/>) and gets its own module's, in the running transaction;
/// the bus saves it. What is written to a stream carries the correlation, the causing message and who acts.
/// </remarks>
public static class ModuleDocuments
{
    /// <summary>Registers a module's documents, under its assembly.</summary>
    /// <typeparam name="TModule">Any type of the module.</typeparam>
    /// <param name="services">The module's services.</param>
    /// <param name="schema">The PostgreSQL schema that the module owns.</param>
    /// <param name="configure">Documents, indexes, projections.</param>
    public static IServiceCollection AddModuleDocuments<TModule>(this IServiceCollection services, string schema, Action<StoreOptions> configure) =>
        services.AddKeyedSingleton<IDocumentStore>(
            typeof(TModule).Assembly,
            (provider, _) => Open(provider.GetRequiredService<NpgsqlDataSource>(), schema, configure)
        );

    /// <summary>The store of a module as <see cref="AddModuleDocuments"/> registers it; a test compares the module's tables with those that it would make
    /// elsewhere.</summary>
    public static IDocumentStore Open(NpgsqlDataSource database, string schema, Action<StoreOptions> configure) =>
        DocumentStore.For(options =>
        {
            options.Connection(database);
            options.DatabaseSchemaName = options.Events.DatabaseSchemaName = schema;
            options.AutoCreateSchemaObjects = AutoCreate.None;
            options.UseSystemTextJsonForSerialization(
                EnumStorage.AsString,
                Casing.CamelCase,
                json =>
                {
                    json.RespectRequiredConstructorParameters = true; // a document that lacks a value is an error, not a document about nothing
                    json.Converters.Insert(0, new EntityIdJsonConverterFactory());
                    json.Converters.Insert(0, new MoneyJsonConverter());
                }
            );
            options.ConfigurePolly(_ => { }); // a broken transaction is not mended by repeating its statements; the message is tried again
            options.Events.AppendMode = EventAppendMode.Rich; // plain inserts, no function of Marten in our schema; one that fails leaves a tombstone, in a stream of its own
            options.Events.MetadataConfig.CorrelationIdEnabled = true;
            options.Events.MetadataConfig.CausationIdEnabled = true;
            options.Events.MetadataConfig.UserNameEnabled = true;
            configure(options);
        });
}
