using Association.Platform.Data;
using Association.Platform.Web.Modules;
using Dapper;
using Npgsql;

namespace Association.Host.Installations;

/// <summary>What a new installation needs before anybody works with it; also takes up a first start that was killed.</summary>
internal sealed class FirstStart(
    NpgsqlDataSource database,
    BusConnections others,
    IEnumerable<IInitialData> initialData,
    IEnumerable<IDemoData> demoData,
    ILogger<FirstStart> log
) : IFirstStart
{
    private const long LockKey = 0x46495253; // "FIRS"

    /// <summary>Writes what is missing; of several processes one works and the others wait.</summary>
    public Task RunAsync(CancellationToken ct) =>
        AloneAsync(
            async () =>
            {
                var record = await InstallationRecord.EnsureAsync(database, embedded: false, wishesDemoData: false, ct); // exists: read again under the lock
                if (!record.IsInitialised)
                    await InitialiseAsync(ct);
                if (record is { IsInitialised: false, IsDemo: true, DemoDataWished: false })
                    log.LogInformation(
                        "The data folder was empty and is a demo now, without members: 'demo' adds invented ones; an association of your own begins with 'setup' in another empty folder"
                    );
                if (record.DemoDataWished)
                    await AddDemoDataAsync(ct);
            },
            ct
        );

    public Task SetUpAsync(Func<Task> found, CancellationToken ct) =>
        AloneAsync(
            async () =>
            {
                if (await InstallationRecord.FindAsync(database, ct) is null)
                    await SeedAsync(ct);
                await found();
            },
            ct
        );

    /// <summary>Adds the modules' invented records.</summary>
    /// <returns>What was added, one entry a module; empty when all was there already.</returns>
    public async Task<IReadOnlyList<string>> AddDemoDataAsync(CancellationToken ct)
    {
        var added = new List<string>();
        foreach (var module in demoData.OrderBy(d => d.Order))
            if (await module.SeedAsync(ct) is { } what)
                added.Add(what);
        await InstallationRecord.NoteDemoDataAsync(database, ct);
        return added;
    }

    private async Task InitialiseAsync(CancellationToken ct)
    {
        log.LogInformation("First start: writing settings and categories");
        await SeedAsync(ct);
        await InstallationRecord.NoteInitialisedAsync(database, ct);
    }

    private async Task SeedAsync(CancellationToken ct)
    {
        foreach (var module in initialData.OrderBy(d => d.Order))
            await module.SeedAsync(ct);
    }

    private async Task AloneAsync(Func<Task> work, CancellationToken ct)
    {
        await using var alone = await others.Database.OpenConnectionAsync(ct); // beside those that the work needs
        await alone.ExecuteAsync(new CommandDefinition("select pg_advisory_lock(@LockKey)", new { LockKey }, commandTimeout: 300, cancellationToken: ct));
        try
        {
            await work();
        }
        finally
        {
            await alone.ExecuteAsync("select pg_advisory_unlock(@LockKey)", new { LockKey });
        }
    }
}
