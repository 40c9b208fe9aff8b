using System.Globalization;
using Association.Billing.Tests.Office;
using Association.Platform.Mail;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Association.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Association.Billing.Tests;

/// <summary>What a child process of the tests does until it is killed or its parent ends: it works on what the office has stored, now or on a day.</summary>
internal static class Program
{
    /// <summary>Said once it works.</summary>
    public const string Working = "working";

    public static async Task<int> Main(string[] args)
    {
        if (args is not ["work", var database, .. { Length: <= 1 } rest])
            return 2;
        var configuration = new ConfigurationManager { ["ConnectionStrings:Association"] = database };
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddAssociationPlatform(configuration);
        services.AddAssociationModules(configuration, new PlannedMembership(), new BillingModule());
        services.Configure<MessagingOptions>(options => options.PollInterval = TimeSpan.FromMilliseconds(100));
        services.Configure<MailOptions>(BillingOffice.Impatient);
        if (rest is [var day])
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new FakeClock(DateOnly.ParseExact(day, "O", CultureInfo.InvariantCulture))));
        await using var host = services.BuildServiceProvider();
        foreach (var hosted in host.GetServices<IHostedService>())
            await hosted.StartAsync(CancellationToken.None);
        Console.WriteLine(Working);
        await Task.Factory.StartNew(
            () =>
            {
                while (Console.In.ReadLine() is not null)
                {
                    // until the parent closes the pipe
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        foreach (var hosted in host.GetServices<IHostedService>())
            await hosted.StopAsync(CancellationToken.None);
        return 0;
    }
}
