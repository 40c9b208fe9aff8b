using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Association.Platform.Data;

/// <summary>Registration of the data floor.</summary>
public static class DataServices
{
    /// <summary>Registers a module's context on the one shared data source.</summary>
    public static IServiceCollection AddModuleDb<TContext>(this IServiceCollection services) where TContext : ModuleDbContext =>
        services.AddDbContext<TContext>((provider, options) => options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>(), npgsql => npgsql.SetPostgresVersion(15, 0)));
}
