using System.Text.Json;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.CommandLine;

/// <summary><c>run-job</c>: what runs by the calendar, run by hand, in a demo also as on another day.</summary>
public sealed class RunJobVerbTests(OfficeByCommandLine office) : IClassFixture<OfficeByCommandLine>
{
    [Fact]
    public async Task a_demo_does_the_work_of_another_day_and_says_so()
    {
        var early = await office.RunAsync("run-job", "membership.draft-dues-run", "--today", "2026-10-31", "--as", "admin");
        FindingOf(early).ShouldBe("Vor dem 01.11.2026 ist nichts zu entwerfen.");
        early.GetProperty("otherDay").GetString().ShouldBe("2026-10-31");

        var run = await office.RunAsync("run-job", "membership.draft-dues-run", "--today", "2026-11-01", "--as", "admin");
        (run.GetProperty("outcome").GetString(), run.GetProperty("result").GetString(), FindingOf(run)).ShouldBe(
            ("Done", "erledigt", "Der Beitragslauf 2027-1 ist entworfen.")
        );
        run.GetProperty("askedBy").GetString().ShouldBe("Rüdiger Lambert");
        run.GetProperty("madeUp").GetBoolean().ShouldBeFalse();
        run.GetProperty("seconds").GetDouble().ShouldBeGreaterThan(0);

        FindingOf(await office.RunAsync("run-job", "membership.draft-dues-run", "--today", "2026-11-02", "--as", "admin"))
            .ShouldBe("Für 2027 gibt es schon einen Beitragslauf.");
        (await office.RunAsync("jobs", "show", "membership.draft-dues-run")).GetProperty("runs").GetArrayLength().ShouldBe(3);
    }

    [Fact]
    public async Task all_that_a_day_has_runs_in_the_order_of_its_times_but_what_rests()
    {
        (await DueAsync("2027-01-10")).ShouldBe(
            ["operation.verify-books", "operation.forget-runs", "membership.draft-dues-run", "events.remind-attendees", "membership.tend-declarations"],
            "a Sunday"
        );
        await office.RunAsync("jobs", "pause", "membership.draft-dues-run", "--as", "admin");
        (await DueAsync("2027-01-11")).ShouldBe(
            [
                "operation.verify-books",
                "operation.forget-runs",
                "today.digests",
                "billing.remind-members",
                "events.remind-attendees",
                "membership.tend-declarations",
            ],
            "a Monday, without what rests"
        );
        await office.RunAsync("jobs", "resume", "membership.draft-dues-run", "--as", "admin");
    }

    [Theory]
    [InlineData("Nennen Sie einen Auftrag oder --due", "--as", "admin")]
    [InlineData("Nennen Sie einen Auftrag oder --due", "today.digests", "--due", "--as", "admin")]
    [InlineData("Den Auftrag „no.such“ gibt es nicht.", "no.such", "--as", "admin")]
    [InlineData("needs the permission 'operation.jobs.manage'", "today.digests", "--as", "office")]
    [InlineData("--as", "today.digests")]
    public async Task what_cannot_be_run_is_said_in_a_sentence(string sentence, params string[] verb)
    {
        var (exit, output, error) = await office.TryAsync(["run-job", .. verb]);
        exit.ShouldNotBe(0);
        output.ShouldBeEmpty();
        error.ShouldContain(sentence);
    }

    private async Task<string[]> DueAsync(string day) =>
        [
            .. (await office.RunAsync("run-job", "--due", "--today", day, "--as", "admin"))
                .GetProperty("runs")
                .EnumerateArray()
                .Select(r => r.GetProperty("job").GetString()!),
        ];

    private static string FindingOf(JsonElement run) => run.GetProperty("findings").EnumerateArray().Single().GetProperty("detail").GetString()!;
}
