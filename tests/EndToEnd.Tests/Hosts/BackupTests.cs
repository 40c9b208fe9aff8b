using Association.Testing;
using Npgsql;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace Association.EndToEnd.Tests.Hosts;

/// <summary>A backup taken in the middle of the work is restored somewhere else, and the work goes on there.</summary>
public sealed class BackupTests(ITestOutputHelper output)
{
    private const int Members = 1_000;

    [SkippableFact]
    public async Task a_backup_taken_while_a_dues_run_executes_is_finished_where_it_is_restored()
    {
        await using var office = await SharedInstallation.CreateAsync();
        await office.ImportMembersAsync(Members);
        var run = await office.ApproveRunAsync();
        var host = await office.StartAsync(office.Program);
        using (var visit = await new HttpVisit(host.Address).SignInAsync("office"))
            await visit.SubmitAsync(run, "execute");

        var file = Path.Combine(office.Files, "association.dump");
        await DumpInTheMiddleAsync(office, file);
        await using var restored = SharedInstallation.On(await TestDatabase.EmptyAsync());
        await PostgresTool.RestoreAsync(restored.ConnectionString, file);

        (await restored.ReadAsync<string>("select state from membership.dues_run")).ShouldBe(["executing"]);
        var waiting = (await restored.ReadAsync<long>("select count(*) from messaging.message")).Single();
        var invoiced = (await restored.ReadAsync<long>("select count(*) from billing.invoice")).Single();
        output.WriteLine($"the backup has {invoiced} of {Members} invoices and {waiting} stored messages, in {new FileInfo(file).Length / 1024} KB");
        waiting.ShouldBeGreaterThan(0);

        var elsewhere = await restored.StartAsync(restored.Program);
        (await elsewhere.IsReadyAsync()).ShouldBeTrue();
        foreach (var installation in (SharedInstallation[])[office, restored]) // each finishes its own
        {
            await SharedInstallation.UntilAsync(
                "everything is handled",
                async () => await installation.ReadAsync<long>("select count(*) from messaging.message") is [0],
                seconds: 300
            );
            await KilledHostTests.BooksShouldBeCompleteAsync(installation, Members);
        }
        using var again = await new HttpVisit(elsewhere.Address).SignInAsync("office2");
        (await again.GetAsync(run)).IsSuccessStatusCode.ShouldBeTrue();
    }

    /// <summary>As an operator does it, only that the moment is chosen: the first at which some are invoiced and not all.</summary>
    private static async Task DumpInTheMiddleAsync(SharedInstallation office, string file)
    {
        await using var connection = new NpgsqlConnection(office.ConnectionString);
        await connection.OpenAsync();
        string? moment = null;
        await SharedInstallation.UntilAsync(
            "the run is in its middle",
            async () =>
            {
                var look = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
                await using var command = new NpgsqlCommand(
                    "select case when done > 0 then (select pg_export_snapshot()) end from platform.long_work",
                    connection,
                    look
                );
                moment = await command.ExecuteScalarAsync() as string;
                if (moment is null)
                    await look.DisposeAsync(); // otherwise it stays open: the snapshot lives as long
                return moment is not null;
            }
        );
        await PostgresTool.DumpAsync(office.ConnectionString, file, $"--snapshot={moment}");
    }
}
