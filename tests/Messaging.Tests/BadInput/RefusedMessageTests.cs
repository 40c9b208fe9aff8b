using Association.Messaging.Tests.Trial;
using Shouldly;
using Xunit;

namespace Association.Messaging.Tests.BadInput;

/// <summary>What cannot be stored is refused to the sender, with his change; nothing of it is left, and the next message goes through.</summary>
public sealed class RefusedMessageTests : TrialOffice
{
    private const int MostCharacters = 1_000_000;

    // Built here: the test runner cannot hand half characters over.
    private static readonly string[] Unstorable = ["NUL \0 in the middle", "\0", "half a pair \ud83d", "\udc00 the other half"];

    private static readonly int Frame = """{"name":""}""".Length;

    [Theory]
    [InlineData(MostCharacters, true)]
    [InlineData(MostCharacters + 1, false)]
    [InlineData(10_000_000, false)]
    public async Task a_body_of_a_million_characters_goes_through_and_a_longer_one_is_refused(int length, bool stored)
    {
        var message = new ThingMade(new string('x', length - Frame));
        if (!stored)
            (await RefusedAsync(() => Anna.Bus.PublishAsync(message))).ShouldContain("has at most 1,000,000");
        else
            await Anna.Bus.PublishAsync(message);
        await StillWorksAsync(stored ? [$"first:{message.Name}", $"second:{message.Name}"] : []);
    }

    [Fact]
    public async Task text_that_postgresql_does_not_take_is_refused_where_it_is_sent_or_arrives_in_one_piece()
    {
        var arrived = new List<string>();
        foreach (var name in Unstorable)
        {
            var refused = await Record.ExceptionAsync(async () => await Anna.Bus.PublishAsync(new ThingMade(name)));
            (await Anna.DrainAsync()).DeadLettered.ShouldBeEmpty(); // its sender hears of it, nobody else
            if (refused is null)
                arrived.Add(name.Replace("\ud83d", "\ufffd", StringComparison.Ordinal).Replace("\udc00", "\ufffd", StringComparison.Ordinal));
        }
        await StillWorksAsync(arrived.SelectMany(name => new[] { $"first:{name}", $"second:{name}" }));
    }

    [Fact]
    public async Task a_command_whose_message_cannot_be_stored_changes_nothing()
    {
        await Should.ThrowAsync<Exception>(Anna.Bus.InvokeAsync(new MakeAndTell("chair", "NUL \0")));
        await Should.ThrowAsync<Exception>(Anna.Bus.InvokeAsync(new MakeAndTell("table", new string('x', 2_000_000))));
        (await Anna.Bus.QueryAsync(new CountThings())).ShouldBe(0);
        await StillWorksAsync([]);
    }

    [Fact]
    public async Task a_handler_whose_message_cannot_be_stored_fails_by_itself_and_ends_as_a_dead_letter_without_effect()
    {
        await Anna.Bus.PublishAsync(EchoAsked.For("NUL \0 after all"));
        await Anna.Bus.PublishAsync(EchoAsked.For("sound"));
        var report = await Anna.DrainAsync();
        report.DeadLettered.Single().Queue.ShouldBe("trial.echo-asked/echo-asked");
        await StillWorksAsync(["echo:sound", "first:sound", "second:sound"]);
    }

    [Fact]
    public async Task what_json_cannot_write_is_refused()
    {
        var knot = new Knot();
        knot.Self = knot;
        await Should.ThrowAsync<Exception>(async () => await Anna.Bus.PublishAsync(new KnotTied(knot)));
        await Should.ThrowAsync<Exception>(async () => await Anna.Bus.PublishAsync(new RatioFound(double.NaN)));
        await StillWorksAsync([]);
    }

    [Fact]
    public async Task times_that_nobody_can_mean_are_refused_and_the_past_is_now()
    {
        foreach (
            var never in new[] { DateTimeOffset.MaxValue, new DateTimeOffset(9999, 12, 31, 0, 0, 0, TimeSpan.Zero), Office.Clock.GetUtcNow().AddYears(101) }
        )
            (await RefusedAsync(() => Anna.Bus.ScheduleAsync(new ThingMade("never"), never))).ShouldContain("more than a hundred years");
        await Anna.Bus.ScheduleAsync(new ThingMade("late"), Office.Clock.GetUtcNow().AddYears(90));
        await Anna.Bus.ScheduleAsync(new ThingMade("gone"), DateTimeOffset.MinValue);
        await Anna.Bus.ScheduleAsync(new ThingMade("past"), DateTimeOffset.UnixEpoch);
        (await Anna.DrainAsync()).Scheduled.Count.ShouldBe(2);
        await StillWorksAsync(["first:gone", "first:past", "second:gone", "second:past"]);
    }

    private static async Task<string> RefusedAsync(Func<ValueTask> send) =>
        (await Should.ThrowAsync<InvalidOperationException>(async () => await send())).Message;

    private async Task StillWorksAsync(IEnumerable<string> effects)
    {
        await Anna.Bus.PublishAsync(new ThingMade("next"));
        await UntilAsync(async () => (await EffectsAsync()).Count(e => e.EndsWith(":next", StringComparison.Ordinal)) == 2);
        await Anna.DrainAsync();
        (await EffectsAsync()).Order(StringComparer.Ordinal).ShouldBe(effects.Concat(["first:next", "second:next"]).Order(StringComparer.Ordinal));
    }
}
