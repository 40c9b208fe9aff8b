using System.Reflection;
using Association.Host.Health;
using Association.Host.Installations;
using Association.Host.Verbs;
using Association.Host.Web;
using Association.Platform.Data.Kernel;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Modules;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Console;

namespace Association.Host.Startup;

/// <summary>Puts the product together: the modules, and what the host adds to them. Web and command line are composed alike.</summary>
internal static class HostComposition
{
    /// <summary>The front doors in the assemblies that the project file finds below src/Modules, in the order of their schemas, then of their menus.</summary>
    public static IModule[] Modules =>
        [
            .. typeof(HostComposition)
                .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Where(note => note.Value == "module")
                .SelectMany(note => Assembly.Load(note.Key).GetTypes())
                .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IModule)))
                .Select(type => (IModule)Activator.CreateInstance(type)!)
                .OrderBy(module => module.Migrations?.Order ?? 0)
                .ThenBy(module => module.Menu.Select(entry => entry.Order).FirstOrDefault())
                .ThenBy(module => module.Name, StringComparer.Ordinal),
        ];

    /// <summary>A builder with everything registered and nothing started.</summary>
    /// <param name="settings">Settings that win over the environment's, such as <c>--urls=http://127.0.0.1:0</c>.</param>
    public static WebApplicationBuilder CreateBuilder(params string[] settings)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                ContentRootPath = AppContext.BaseDirectory,
                ApplicationName = typeof(HostComposition).Assembly.GetName().Name,
                Args = settings,
            }
        );
        ConfigureLogging(builder.Logging);
        var services = builder.Services;
        services.AddSingleton<HostClock>();
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<HostClock>());
        services.AddAssociationPlatform(builder.Configuration);
        services.AddAssociationModules(builder.Configuration, Modules);
        services.AddSingleton<GlobalOptions>();
        services.AddSingleton<Installation>();
        services.AddScoped<FirstStart>();
        services.AddScoped<IFirstStart>(provider => provider.GetRequiredService<FirstStart>());
        services.AddScoped<IVerb, DemoVerb>();
        services.AddScoped<IVerb, InvokeVerb>();
        services.AddHostedService<PostgresWatch>();
        services.AddHealth(builder.Configuration);
        builder.AddWebOffice();
        builder.UseFreePort();
        services.AddOptions<SocketTransportOptions>().PostConfigure<Installation>(Listening.Guard);
        return builder;
    }

    private static void ConfigureLogging(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace); // standard output is for answers
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error); // keys lie in the database, as safe as all else there
        logging.AddFilter("Hangfire", LogLevel.Warning);
        logging.AddFilter("Wolverine", LogLevel.Error); // how it was set up is ours to know; what fails, the trail and the dead letters say
        logging.AddFilter("JasperFx", LogLevel.Error);
        logging.AddFilter("System.Net.Http", LogLevel.Warning);
    }
}
