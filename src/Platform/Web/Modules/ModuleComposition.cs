using Association.Platform.Data;
using Association.Platform.Documents.Archive;
using Association.Platform.Mail;
using Association.Platform.Messaging;
using Association.Platform.Web.Approvals;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Platform.Web.Modules;

/// <summary>Puts platform and modules together; the host and the tests compose in the same way.</summary>
public static class ModuleComposition
{
    /// <summary>Registers what every module needs: data source, clock, acting user, migrations, long work, localisation, logging.</summary>
    public static IServiceCollection AddAssociationPlatform(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddLogging();
        services.AddLocalization();
        services.AddSingleton<FileArchive>();
        services.AddScoped<FourEyes>();
        services.AddScoped<RefusalRows>();
        return services.AddPlatformData(configuration);
    }

    /// <summary>Registers the modules: their services, schemas, handlers and contributions.</summary>
    public static IServiceCollection AddAssociationModules(this IServiceCollection services, IConfiguration configuration, params IModule[] modules)
    {
        services.AddSingleton(new PermissionCatalog(modules));
        foreach (var module in modules)
        {
            services.AddSingleton(module);
            if (module.Migrations is { } migrations)
                services.AddSingleton(migrations);
            module.AddServices(services, configuration);
        }
        System.Reflection.Assembly[] assemblies = [.. modules.Select(m => m.Assembly).Distinct()];
        services.AddSingleton(MessagingServices.Migrations);
        services.AddMail();
        services.AddMessaging([.. assemblies, typeof(ModuleComposition).Assembly, typeof(MailServices).Assembly]);
        return services.AddContributions(assemblies);
    }

    private static IServiceCollection AddContributions(this IServiceCollection services, System.Reflection.Assembly[] assemblies) =>
        services.Scan(scan =>
            scan.FromAssemblies(assemblies)
                .AddClasses(classes => classes.Where(type => ContributionsOf(type).Any()), publicOnly: false)
                .As(ContributionsOf)
                .WithScopedLifetime()
        );

    private static IEnumerable<Type> ContributionsOf(Type type) => type.GetInterfaces().Where(i => i.IsDefined(typeof(ContributionAttribute), inherit: false));
}
