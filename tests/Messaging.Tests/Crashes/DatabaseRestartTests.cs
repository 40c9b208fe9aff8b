using System.Collections.Concurrent;
using Association.Messaging.Tests.Trial;
using Association.Platform.Data.Migrations;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Testing;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Messaging.Tests.Crashes;

/// <summary>PostgreSQL itself goes down under load and comes back. Nobody restarts the hosts; senders try again what was refused.</summary>
public sealed class DatabaseRestartTests(RunLog log) : IClassFixture<RunLog>
{
    private static readonly int Restarts = RunLog.IsLong ? 20 : 4;

    [Fact]
    public async Task hosts_recover_by_themselves_and_what_was_committed_has_its_effects_once()
    {
        await using var server = await OwnServer.StartAsync();
        await using var office = await MigratedAsync(server);
        var hosts = new[] { await HostAsync(server), await HostAsync(server) };
        using var enough = new CancellationTokenSource();
        var made = new ConcurrentBag<string>();
        var senders = Enumerable.Range(0, 3).Select(sender => SendAsync(office, sender, made, enough.Token)).ToList();
        for (var restart = 0; restart < Restarts; restart++)
        {
            var before = made.Count;
            await TrialOffice.UntilAsync(() => Task.FromResult(made.Count > before + 30)); // it works again
            await Task.Delay(Random.Shared.Next(50));
            await (restart % 2 == 0 ? server.RestartImmediateAsync() : server.RestartFastAsync());
        }
        await enough.CancelAsync();
        await Task.WhenAll(senders);

        await using var connection = await office.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        var expected = made.SelectMany(Effects).Order(StringComparer.Ordinal).ToList();
        await TrialOffice.UntilAsync(async () => await connection.ExecuteScalarAsync<long>("select count(*) from trial.effect") >= expected.Count);
        foreach (var host in hosts)
            await TrialOffice.StopAsync(host);
        var effects = (await connection.QueryAsync<string>("select queue || ':' || subject from trial.effect order by at")).AsList();
        (await connection.QueryAsync<string>("select exception_text from messaging.dead_letter")).ShouldBeEmpty();
        effects.Order(StringComparer.Ordinal).ShouldBe(expected);
        log.Say($"{Restarts} restarts of PostgreSQL with {made.Count} commands");
    }

    [Fact]
    public async Task a_host_stops_although_its_database_is_gone()
    {
        await using var server = await OwnServer.StartAsync();
        await using var office = await MigratedAsync(server);
        var started = new TaskCompletionSource();
        var host = await HostAsync(
            server,
            board =>
                board.On(
                    "first",
                    async (_, ct) =>
                    {
                        started.TrySetResult();
                        await Task.Delay(Timeout.Infinite, ct);
                    }
                )
        );
        await IsMadeAsync(office, new MakeThing("chair"));
        await started.Task;
        await server.StopImmediateAsync();
        await TrialOffice.StopAsync(host).WaitAsync(TimeSpan.FromMinutes(1));
    }

    private static async Task SendAsync(ServiceProvider office, int sender, ConcurrentBag<string> made, CancellationToken enough)
    {
        for (var i = 0; !enough.IsCancellationRequested; i++)
        {
            object command = i % 3 == 0 ? new TakeStep($"line {sender}", i) : new MakeThing($"thing {sender} {i}");
            while (!await IsMadeAsync(office, command))
                await Task.Delay(20, CancellationToken.None);
            made.Add(command is TakeStep step ? $"{step.Line} {step.Number}" : ((MakeThing)command).Name);
        }
    }

    // The connection may break after the commit and before its answer: then the second try finds the thing there.
    private static async Task<bool> IsMadeAsync(ServiceProvider office, object command)
    {
        try
        {
            await using var scope = office.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentUser>().Actor = TrialOffice.Clerk;
            await scope.ServiceProvider.GetRequiredService<IMessageBus>().InvokeAsync(command);
            return true;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private static string[] Effects(string name) =>
        name.StartsWith("line", StringComparison.Ordinal) ? [$"{name[..6]}:{Number(name)}"] : [$"first:{name}", $"second:{name}"];

    private static int Number(string name) => int.Parse(name.AsSpan(name.LastIndexOf(' ') + 1), System.Globalization.CultureInfo.InvariantCulture);

    private static Task<ServiceProvider> HostAsync(OwnServer server, Action<Switchboard>? behave = null) =>
        TrialOffice.HostAsync(
            server.ConnectionString,
            options =>
            {
                Mixture.Configure(options);
                options.RetryDelayScale = 0.02; // what fails while the server is away must not use its attempts up at once
                options.ShutdownGrace = TimeSpan.FromSeconds(1);
            },
            behave
        );

    private static async Task<ServiceProvider> MigratedAsync(OwnServer server)
    {
        var office = await TrialOffice.HostAsync(server.ConnectionString, working: false);
        await new MigrationRunner(
            office.GetRequiredService<NpgsqlDataSource>(),
            [.. office.GetServices<SchemaMigrations>()],
            NullLogger<MigrationRunner>.Instance
        ).MigrateAsync(CancellationToken.None);
        return office;
    }
}
