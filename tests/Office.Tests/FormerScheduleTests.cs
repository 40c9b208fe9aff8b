using Association.Office.Operation.Jobs;
using Association.Office.Operation.Jobs.Scheduling;
using Association.Office.Tests.Trial;
using Association.Platform.Data.Migrations;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Office.Tests;

/// <summary>A database of a release whose schedule was Quartz's.</summary>
public sealed class FormerScheduleTests : JobOffice
{
    [Fact]
    public async Task what_was_paused_stays_paused_and_nothing_else_of_the_former_schedule_is_left()
    {
        await using var database = await TestDatabase.EmptyAsync();
        await using var host = new JobHost(
            JobHost.Compose(
                database.ConnectionString,
                new FakeClock(),
                TrialModule.Job("trial.paused"),
                TrialModule.Job("trial.working"),
                TrialModule.Job("trial.running")
            )
        );
        var all = await (await HostAsync(running: false)).Services.GetRequiredService<MigrationRunner>().AppliedAsync(CancellationToken.None);
        var runner = host.Services.GetRequiredService<MigrationRunner>();
        await runner.MigrateToAsync([.. all.Where(m => (m.Schema, m.Name) != ("operation", "0002_hangfire"))], CancellationToken.None);
        await new FormerSchedule(host.Services.GetRequiredService<NpgsqlDataSource>()).BuildAsync(CancellationToken.None);
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.ExecuteAsync(
            """
            insert into quartz.qrtz_triggers (sched_name, trigger_name, trigger_group, trigger_state, paused_by, paused_at) values
              ('association', 'trial.paused', 'association', 'PAUSED', 'Rüdiger Lambert', 638983944000000000),
              ('association', 'trial.working', 'association', 'PAUSED_BLOCKED', null, null),
              ('association', 'trial.running', 'association', 'WAITING', null, null),
              ('association', 'recover_1', 'RECOVERING_JOBS', 'PAUSED', null, null)
            """
        );

        await runner.MigrateAsync(CancellationToken.None);

        (await host.AskAsync(new ListJobs()))
            .Where(j => j.IsPaused)
            .Select(j => j.Declaration.Name)
            .ShouldBe(["trial.paused", "trial.working"], ignoreOrder: true);
        (await connection.QuerySingleAsync<(string, DateTime)>("select paused_by, paused_at from operation.job_pause where job = 'trial.paused'")).ShouldBe(
            ("Rüdiger Lambert", new DateTime(638983944000000000, DateTimeKind.Utc))
        );
        (await connection.QueryAsync<string>("select nspname from pg_namespace where nspname = 'quartz'")).ShouldBeEmpty();
    }
}
