using System.Net;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Hosts;

/// <summary>What real processes send to a real receiver.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task a_click_on_one_host_and_all_that_another_does_about_it_is_one_trace()
    {
        await using var collector = await Collector.StartAsync();
        await using var office = await SharedInstallation.CreateAsync();
        await office.ImportMembersAsync(30);
        var run = await office.ApproveRunAsync();
        await office.ExecuteAsync("insert into messaging.paused_queue (queue, paused_by) values ('membership.charges-raised/issue-invoices', 'test')");
        var program = office
            .Program.With("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address)
            .With("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
            .With("OTEL_METRIC_EXPORT_INTERVAL", "500");

        var clicked = await office.StartAsync(program);
        using (var visit = await new HttpVisit(clicked.Address).SignInAsync("office"))
        {
            (await visit.GetAsync("/office/search?q=Geheimniskr%C3%A4mer")).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await visit.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await visit.SubmitAsync(run, "execute")).StatusCode.ShouldBe(HttpStatusCode.Found);
        }
        (await clicked.InterruptAsync()).ShouldBe(0); // sends what it has; the messages wait
        var worked = await office.StartAsync(program);
        await office.ExecuteAsync("delete from messaging.paused_queue");
        await SharedInstallation.UntilAsync(
            "the run is executed",
            async () => await office.ReadAsync<string>("select state from membership.dues_run") is ["executed"]
        );
        await SharedInstallation.UntilAsync("all is handled", async () => await office.ReadAsync<long>("select count(*) from messaging.message") is [0]);
        await SharedInstallation.UntilAsync("the figures came", () => Task.FromResult(collector.Figures.ContainsKey("messaging.handled")));
        (await worked.InterruptAsync()).ShouldBe(0);

        var click = collector.Spans.Where(s => s.Name == "POST /office/dues/{Code}").ShouldHaveSingleItem();
        var trace = collector.Spans.Where(s => s.Trace == click.Trace).ToList();
        string[] steps = ["invoke ExecuteDuesRun", "handle membership.charges-raised", "handle billing.render-invoices", "handle billing.charges-invoiced"];
        foreach (var step in steps)
            trace.ShouldContain(s => s.Name == step, $"{step} among\n{string.Join('\n', collector.Spans.Where(s => s.Source != "Npgsql"))}");
        foreach (var span in trace.Where(s => s != click))
            trace.ShouldContain(s => s.Id == span.Parent, $"{span.Name} hangs on nothing");
        trace.Where(s => s.Name.StartsWith("handle ", StringComparison.Ordinal)).ShouldAllBe(s => s.Process != click.Process, "the first host was gone");
        trace.ShouldContain(s => s.Source == "Npgsql" && s.Process != click.Process, "statements are shown below their handler");
        foreach (var handled in (string[])["membership.charges-raised", "billing.render-invoices", "billing.charges-invoiced"])
            collector.Spans.Where(s => s.Name == $"handle {handled}").ShouldAllBe(s => s.Trace == click.Trace);

        collector.Spans.ShouldNotContain(s => s.Name.Contains("/health", StringComparison.Ordinal));
        collector.Spans.Where(s => s.Parent.Length == 0).ShouldAllBe(s => s.Source != "Npgsql", "the poll of the workers is no trace");
        collector.Spans.ShouldAllBe(s =>
            !$"{s.Name} {s.Labels}".Contains("Geheimnis", StringComparison.Ordinal) && !s.Labels.Contains("Praxis", StringComparison.Ordinal)
        );
        foreach (
            var figure in (string[])
                [
                    "messaging.published",
                    "messaging.handled",
                    "messaging.handling.duration",
                    "messaging.waiting.duration",
                    "messaging.waiting",
                    "messaging.waiting.oldest",
                    "messaging.dead_letters",
                    "http.server.request.duration",
                ]
        )
            collector.Figures.ShouldContainKeyAndValue(figure, true);
    }
}
