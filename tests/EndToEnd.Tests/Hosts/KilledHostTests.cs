using System.Diagnostics;
using AngleSharp.Html.Dom;
using Association.Testing;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace Association.EndToEnd.Tests.Hosts;

/// <summary>One of two hosts dies by SIGKILL in the middle of a dues run, and the other finishes it.</summary>
public sealed class KilledHostTests(ITestOutputHelper output)
{
    private static readonly int Members = Environment.GetEnvironmentVariable("ASSOCIATION_TEST_LONG") == "1" ? 20_000 : 2_000;

    [Fact]
    public async Task the_other_host_finishes_the_run_and_nothing_is_lost_or_there_twice()
    {
        await using var office = await SharedInstallation.CreateAsync();
        var watch = Stopwatch.StartNew();
        await office.ImportMembersAsync(Members);
        var run = await office.ApproveRunAsync();
        output.WriteLine($"{Members} members imported and charged in draft after {watch.Elapsed.TotalSeconds:F1} s");
        var hosts = await office.StartAsync(hosts: 2);
        var (killed, other) = (hosts[0], hosts[1]);
        using var visit = await new HttpVisit(killed.Address).SignInAsync("office");
        using var watching = visit.On(other.Address);

        (await DoneAsync(watching, run)).ShouldBe(0);

        watch.Restart();
        await visit.SubmitAsync(run, "execute");
        await SharedInstallation.UntilAsync(
            "the run is in its middle",
            async () => await office.ReadAsync<int>("select done from platform.long_work") is [var d] && d > Members / 8
        );
        await killed.KillAsync();
        var atKill = watch.Elapsed;
        var left = (await office.ReadAsync<long>("select count(*) from messaging.message")).Single();
        left.ShouldBeGreaterThan(0, "all was over before the kill");
        var shown = await DoneAsync(watching, run);
        shown.ShouldNotBe(0, "the other host shows how far the run is");
        output.WriteLine($"killed after {atKill.TotalSeconds:F1} s with {left} messages left; the other host shows {shown} of {Members} as invoiced");

        await SharedInstallation.UntilAsync("the other host shows the run as executed", async () => await DoneAsync(watching, run) < 0, seconds: 300);
        output.WriteLine($"executed {(watch.Elapsed - atKill).TotalSeconds:F1} s after the kill");
        await SharedInstallation.UntilAsync(
            "the documents are rendered",
            async () => await office.ReadAsync<long>("select count(*) from messaging.message") is [0],
            seconds: 300
        );
        output.WriteLine($"all documents {(watch.Elapsed - atKill).TotalSeconds:F1} s after the kill");
        (await watching.GetAsync("/office/invoices")).IsSuccessStatusCode.ShouldBeTrue();

        await BooksShouldBeCompleteAsync(office, Members);
    }

    /// <summary>Everybody is charged once, numbers have no gap, every invoice has its one document, nothing failed, and the books agree.</summary>
    internal static async Task BooksShouldBeCompleteAsync(SharedInstallation office, int members)
    {
        (await office.ReadAsync<string>("select exception_text from messaging.dead_letter")).ShouldBeEmpty();
        (await office.ReadAsync<(long, long, long)>("select count(*), count(distinct member_id), count(distinct id) from membership.charge")).ShouldBe([
            (members, members, members),
        ]);
        (
            await office.ReadAsync<(long, long, long, int, int)>(
                "select count(*), count(distinct charge_id), count(distinct sequence), min(sequence), max(sequence) from billing.invoice"
            )
        ).ShouldBe([(members, members, members, 1, members)]);
        (await office.ReadAsync<(long, long)>("select count(*), count(distinct archive_file_id) from billing.invoice_document")).ShouldBe([(members, members)]);
        (await office.ReadAsync<(int, int)>("select done, failed from platform.long_work where kind = 'membership.dues-run'")).ShouldBe([(members, 0)]);
        var verified = await office.Program.RunAsync("verify");
        verified.GetProperty("ok").GetBoolean().ShouldBeTrue(verified.ToString());
    }

    /// <summary>What the page of the run says: how many are invoiced, or -1 when all is done.</summary>
    private static async Task<int> DoneAsync(HttpVisit visit, string run)
    {
        var page = await visit.ReadAsync(run);
        if (page.QuerySelector(".progress progress") is IHtmlProgressElement progress)
            return (int)progress.Value;
        return page.QuerySelector(".head .state")?.TextContent.Trim() == "ausgeführt" ? -1 : 0;
    }
}
