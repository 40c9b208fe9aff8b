using System.Globalization;
using Association.Events.Tests.Booking.Racing;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Association.Events.Tests;

/// <summary>What a child process of the tests does until it is done or killed: the second half of a race's clients register.</summary>
internal static class Program
{
    /// <summary>Said once it works.</summary>
    public const string Working = "working";

    /// <summary>Said when all of its clients are through.</summary>
    public const string Done = "done";

    public static async Task<int> Main(string[] args)
    {
        if (args is not ["race", var database, var seed])
            return 2;
        var configuration = new ConfigurationManager { ["ConnectionStrings:Association"] = database };
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddAssociationPlatform(configuration);
        services.AddAssociationModules(configuration, EventsOffice.Modules);
        services.Configure<MessagingOptions>(options => options.PollInterval = TimeSpan.FromMilliseconds(100));
        await using var host = services.BuildServiceProvider();
        foreach (var hosted in host.GetServices<IHostedService>())
            await hosted.StartAsync(CancellationToken.None);
        Console.WriteLine(Working);
        if (await Console.In.ReadLineAsync() is null)
            return 1;
        await new Race(int.Parse(seed, CultureInfo.InvariantCulture)).RunAsync(host, Race.Clients / 2, Race.Clients, Environment.ProcessId);
        Console.WriteLine(Done);
        foreach (var hosted in host.GetServices<IHostedService>())
            await hosted.StopAsync(CancellationToken.None);
        return 0;
    }
}
