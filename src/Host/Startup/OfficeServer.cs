using Association.Host.Health;
using Association.Host.Installations;
using Association.Host.Web;
using Association.Platform.Data.Settings;
using Association.Platform.Messaging.Model;
using Association.Platform.Web.CommandLine;
using Association.Platform.Web.Modules;

namespace Association.Host.Startup;

/// <summary>The office: web server and background work, until Ctrl-C.</summary>
internal static class OfficeServer
{
    /// <summary>Opens the data, starts, prints where, and waits.</summary>
    public static async Task<int> RunAsync(WebApplication app, Invocation invocation, CancellationToken ct)
    {
        await StartAsync(app, invocation, ct);
        await AnnounceAsync(app, ct);
        await app.WaitForShutdownAsync(ct);
        return 0;
    }

    /// <summary>Opens the data and starts; returns when pages are served.</summary>
    public static async Task StartAsync(WebApplication app, Invocation invocation, CancellationToken ct)
    {
        if (invocation.Login is not null)
            throw new RefusedException("--as belongs to a verb; in the office people sign in.");
        app.Services.GetRequiredService<MessagingModel>(); // handlers that do not fit together are refused before any data is touched
        await app.Services.GetRequiredService<Installation>().OpenAsync(invocation, asOffice: true, ct);
        app.UseWebOffice();
        app.MapHealth();
        await app.StartAsync(ct);
    }

    private static async Task AnnounceAsync(WebApplication app, CancellationToken ct)
    {
        var address = app.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        Console.WriteLine($"The office is open: {address}");
        if (app.Services.GetRequiredService<Installation>().IsDemo)
        {
            foreach (var person in DemoPeople.All)
                Console.WriteLine($"  sign in as {person.Login, -8} {person.Name} ({person.Role}), password {DemoPeople.Password}");
            Console.WriteLine("  This is a demo with invented data. Your own association: ./run.sh setup --data DIR");
        }
        else if ((await app.Services.GetRequiredService<IAssociationProfiles>().CurrentAsync(ct)).Iban.Length == 0)
            Console.WriteLine(
                "  The first administrator: ./run.sh create-administrator. Name, address and account are entered at /office/settings, or by ./run.sh profile --set FILE."
            );
        Console.WriteLine("Ctrl-C closes it.");
    }
}
