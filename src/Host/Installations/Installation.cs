using Association.Office.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Migrations;
using Association.Platform.Data.Postgres;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Messaging.Delivery;
using Association.Platform.Web.CommandLine;
using Npgsql;

namespace Association.Host.Installations;

/// <summary>The database that this process works on: embedded in the data folder, or the server that the configuration names.</summary>
internal sealed class Installation(IConfiguration configuration, IServiceScopeFactory scopes, HostClock clock, ILogger<Installation> log) : IAsyncDisposable
{
    private const string Address = "ConnectionStrings:Association";

    private InstallationRecord? _record;

    /// <summary>The embedded server; null with a server of one's own, and before <see cref="OpenAsync"/>.</summary>
    public EmbeddedPostgres? Embedded { get; private set; }

    /// <summary>Whether the configuration names a server; otherwise the database is the embedded one.</summary>
    public bool NamesServer => Embedded is null && !string.IsNullOrWhiteSpace(configuration[Address]);

    /// <summary>Whether the people have passwords that everybody knows, so that none is asked for and <c>--today</c> is allowed.</summary>
    public bool IsDemo => _record?.IsDemo ?? throw new InvalidOperationException("The installation is not open yet.");

    /// <summary>Opens the database, migrates it, and writes what a new installation needs.</summary>
    /// <param name="invocation">Data folder and date.</param>
    /// <param name="asOffice">Whether people will come in: a new demo gets demo members then, and no demo listens beyond this machine.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="RefusedException"><c>--today</c> on an installation that is no demo, or a demo that others could reach.</exception>
    public async Task OpenAsync(Invocation invocation, bool asOffice, CancellationToken ct)
    {
        await ConnectAsync(invocation, ct);
        var embedded = Embedded is not null;
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<MigrationRunner>().MigrateAsync(ct) > 0)
            await scope.ServiceProvider.GetRequiredService<FormerStore>().CarryOverAsync(ct);
        var database = scope.ServiceProvider.GetRequiredService<NpgsqlDataSource>();
        await scope.ServiceProvider.GetRequiredService<IDemoRemoval>().FinishAsync(ct); // a restore that was killed
        var isOrBecomesDemo = await InstallationRecord.FindAsync(database, ct) is { } found ? found.IsDemo : embedded;
        if (asOffice && isOrBecomesDemo)
            Listening.RefuseBeyondThisMachine(configuration); // before the folder becomes a demo
        _record = await InstallationRecord.EnsureAsync(database, embedded, wishesDemoData: asOffice, ct);
        if (invocation.Today is { } today)
        {
            if (!IsDemo)
                throw new RefusedException("--today is for demo installations only: an office's books follow the calendar.");
            clock.Shift(today);
        }
        if (_record is { IsInitialised: true, DemoDataWished: false })
            return;
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Actor = Actor.System;
        await scope.ServiceProvider.GetRequiredService<FirstStart>().RunAsync(ct);
        await scope.ServiceProvider.GetRequiredService<IMessageDrain>().DrainAsync(ct);
    }

    /// <summary>Reaches the database as it is, without migrating it: for what looks after the data as a whole.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> ConnectAsync(Invocation invocation, CancellationToken ct)
    {
        if (configuration[Address] is { } named && !string.IsNullOrWhiteSpace(named))
            return named;
        Embedded = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions(invocation.DataFolder), log, ct);
        configuration[Address] = Embedded.ConnectionString;
        return Embedded.ConnectionString;
    }

    /// <summary>Leaves the database; the last process out stops an embedded one.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Embedded is not null)
            await Embedded.DisposeAsync();
    }
}
