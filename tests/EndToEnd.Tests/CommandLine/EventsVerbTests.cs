using Association.EndToEnd.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.CommandLine;

/// <summary><c>events</c>, and planning without a browser by <c>invoke</c>.</summary>
public sealed class EventsVerbTests
{
    [Fact]
    public async Task an_event_is_planned_and_listed_without_a_browser()
    {
        await using var office = await SharedInstallation.CreateAsync();
        const string plan = """{"kind":"Seminar","title":{"de":"Wundversorgung"},"starts":"2031-09-18T09:00:00","ends":"2031-09-18T16:30:00"}""";
        await office.Program.RunAsync("invoke", "PlanEvent", plan, "--as", "office");

        var listed = (await office.Program.RunAsync("events")).GetProperty("events").EnumerateArray().ShouldHaveSingleItem();

        listed.GetProperty("address").GetString().ShouldBe("wundversorgung-2031");
        (listed.GetProperty("stage").GetString(), listed.GetProperty("starts").GetString()).ShouldBe(("Draft", "2031-09-18T09:00:00"));
        var (exit, output, error) = await office.Program.TryAsync("invoke", "PublishEvent", """{"number":1}""", "--as", "office");
        exit.ShouldNotBe(0);
        (output + error).ShouldContain("Kurztext fehlt");
        (await office.Program.RunAsync("events", "--all")).GetProperty("events").GetArrayLength().ShouldBe(1);
    }
}
