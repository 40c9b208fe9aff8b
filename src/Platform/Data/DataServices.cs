using System.Data;
using Association.Platform.Data.Backups;
using Association.Platform.Data.LongWork;
using Association.Platform.Data.Migrations;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace Association.Platform.Data;

/// <summary>Registration of the data floor.</summary>
public static class DataServices
{
    /// <summary>
    /// Registers the one data source (on <c>ConnectionStrings:Association</c> as it is when first used), the platform's schema and what reads it.
    /// </summary>
    public static IServiceCollection AddPlatformData(this IServiceCollection services, IConfiguration configuration)
    {
        SqlMapper.AddTypeMap(typeof(DateOnly), DbType.Date); // Dapper reads business dates, but does not take them as parameters by itself
        SqlMapper.AddTypeMap(typeof(DateOnly?), DbType.Date);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddScoped<CurrentUser>();
        services.TryAddSingleton(_ => NpgsqlDataSource.Create(ConnectionString(configuration)));
        services.TryAddSingleton(_ => new BusConnections(ConnectionString(configuration)));
        services.TryAddSingleton<OfficeDatabase>();
        services.TryAddScoped<ScopeConnection>();
        services.AddSingleton(new SchemaMigrations("platform", typeof(DataServices).Assembly, Order: 0));
        services.AddSingleton<MigrationRunner>();
        services.AddSingleton<AssociationLogos>();
        services.AddSingleton<DatabaseBackups>();
        services.AddSingleton<IAssociationProfiles, AssociationProfiles>();
        services.AddSingleton<IOfficeRules, StoredOfficeRules>();
        services.AddSingleton<LongWorkLog>();
        services.AddDataProtection().SetApplicationName("association");
        services.AddOptions<KeyManagementOptions>().Configure<BusConnections>((keys, connections) => keys.XmlRepository = new DataProtectionKeys(connections));
        return services;
    }

    /// <summary>Where the database is, for pools beside the modules'.</summary>
    public static string ConnectionString(IConfiguration configuration) =>
        configuration.GetConnectionString("Association")
        ?? throw new InvalidOperationException("No database: ConnectionStrings__Association is not set and no embedded PostgreSQL was started.");

    /// <summary>Registers a module's context: within a handler on the handler's connection, elsewhere on the one shared data source.</summary>
    public static IServiceCollection AddModuleDb<TContext>(this IServiceCollection services)
        where TContext : ModuleDbContext
    {
        var create = ActivatorUtilities.CreateFactory<TContext>([]);
        services.AddScoped(provider =>
        {
            var context = create(provider, null);
            provider.GetRequiredService<ScopeConnection>().Attach(context);
            return context;
        });
        return services.AddDbContext<TContext>(
            (provider, options) =>
                options
                    .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>(), npgsql => npgsql.SetPostgresVersion(15, 0))
                    .ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.NoEntityTypeConfigurationsWarning)), // a module may work in SQL alone
            ServiceLifetime.Scoped,
            ServiceLifetime.Singleton
        ); // a context a message; its options are the same for all
    }
}
