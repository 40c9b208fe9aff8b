using System.Net;
using System.Text.Json;
using Association.EndToEnd.Tests.CommandLine;
using Dapper;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Hosts;

/// <summary>What a supervisor hears of a real process when something is wrong.</summary>
public sealed class HealthTests
{
    private const string Queue = "membership.charges-raised/issue-invoices";

    [Fact]
    public async Task ready_says_of_each_check_in_words_what_holds_and_what_does_not()
    {
        await using var office = await SharedInstallation.CreateAsync();
        var host = await office.StartAsync(office.Program.With("Health__UnreadyAfter", "00:30:00"));

        var (status, report) = await host.ReadinessAsync();
        (status, report.GetProperty("status").GetString()).ShouldBe((HttpStatusCode.OK, "Healthy"));
        Text(report, "database").ShouldContain("has the schema of this release");
        Text(report, "messages").ShouldContain("handled in time");

        // One that is tried again in an hour, and one that a node has and does not come to.
        await office.ExecuteAsync(
            $"""
            with made as materialized (
              select gen_random_uuid() as id, n from generate_series(1, 2) as n
            ), sent as (
              insert into messaging.trail (id, queue, name, correlation_id, sent_at)
              select id, '{Queue}', 'membership.charges-raised', id, now() - interval '11 minutes' from made
            )
            insert into messaging.wolverine_incoming_envelopes (id, received_at, message_type, body, owner_id, status, execution_time)
            select id, messaging.address_of('{Queue}'), 'membership.charges-raised', '', case n when 1 then 0
              else (select max(node_number) from messaging.wolverine_nodes) end,
                   case n when 1 then 'Scheduled' else 'Incoming' end, case n when 1 then now() + interval '1 hour' end
              from made
            """
        );
        (status, report) = await host.ReadinessAsync();
        (status, report.GetProperty("status").GetString()).ShouldBe((HttpStatusCode.OK, "Degraded"));
        Text(report, "messages").ShouldContain($"{Queue}: 1, the oldest for 11 minutes");

        await office.ExecuteAsync("update messaging.trail set sent_at = sent_at - interval '30 minutes' where ended_at is null");
        (status, report) = await host.ReadinessAsync();
        (status, report.GetProperty("status").GetString()).ShouldBe((HttpStatusCode.ServiceUnavailable, "Unhealthy"));

        await office.ExecuteAsync($"insert into messaging.paused_queue (queue, paused_by) values ('{Queue}', 'test')");
        (status, report) = await host.ReadinessAsync();
        status.ShouldBe(HttpStatusCode.OK, "a person paused it, so it is known");
        Text(report, "messages").ShouldContain($"Paused by a person: {Queue}");
    }

    [Fact]
    public async Task a_host_that_lacks_its_database_or_a_migration_is_not_ready_and_comes_back_by_itself()
    {
        await using var office = await SharedInstallation.CreateAsync();
        var host = await office.StartAsync(office.Program);
        var digest = (
            await office.ReadAsync<string>(
                "delete from billing.schema_migrations where name = (select max(name) from billing.schema_migrations) returning name || ' ' || digest"
            )
        )
            .Single()
            .Split(' ');

        var (status, report) = await host.ReadinessAsync();
        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        Text(report, "database").ShouldContain($"1 migrations are pending, the first is billing/{digest[0]}");

        await office.ExecuteAsync($"insert into billing.schema_migrations (name, digest) values ('{digest[0]}', '{digest[1]}')");
        (await host.IsReadyAsync()).ShouldBeTrue();

        await AllowConnectionsAsync(office, false);
        (status, report) = await host.ReadinessAsync();
        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        Text(report, "database").ShouldBe("The database does not answer.");
        report.ToString().ShouldNotContain("Host=");
        using (var http = new HttpClient())
            (await http.GetStringAsync(new Uri(host.Address, "/health/live"))).ShouldBe("Healthy", "the process itself is well");

        await AllowConnectionsAsync(office, true);
        await SharedInstallation.UntilAsync("the host is ready again", host.IsReadyAsync, seconds: 30);
    }

    private static string Text(JsonElement report, string check) =>
        report.GetProperty("checks").EnumerateArray().Single(c => c.GetProperty("name").GetString() == check).GetProperty("text").GetString()!;

    private static async Task AllowConnectionsAsync(SharedInstallation office, bool allowed)
    {
        var address = new NpgsqlConnectionStringBuilder(office.ConnectionString);
        var database = address.Database;
        NpgsqlConnection.ClearPool(new NpgsqlConnection(office.ConnectionString));
        (address.Database, address.Pooling) = ("postgres", false);
        await using var server = new NpgsqlConnection(address.ConnectionString);
        await server.ExecuteAsync($"alter database {database} allow_connections {allowed}");
        if (!allowed)
            await server.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = @database", new { database });
    }
}
