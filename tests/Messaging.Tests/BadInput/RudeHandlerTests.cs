using Association.Messaging.Tests.Trial;
using Shouldly;
using Xunit;

namespace Association.Messaging.Tests.BadInput;

/// <summary>Handlers that behave as none should: their message ends as a dead letter, nothing of what they began is kept, and their queue goes on.</summary>
public sealed class RudeHandlerTests() : TrialOffice(options => options.PollInterval = TimeSpan.FromMilliseconds(50))
{
    public static TheoryData<string> Kinds => [.. Mischief.Kinds];

    [Theory, MemberData(nameof(Kinds))]
    public async Task its_message_ends_as_a_dead_letter_without_effect_and_the_next_is_handled(string kind)
    {
        await Anna.Bus.PublishAsync(new MischiefMade(kind));
        await Anna.Bus.PublishAsync(new MischiefMade("none"));
        await UntilAsync(async () => await ReadAsync<long>("select count(*) from messaging.dead_letter") is [1] && (await EffectsAsync()).Count == 1);
        var report = await Anna.DrainAsync();
        (await EffectsAsync()).ShouldBe(["mischief:none"]);
        (report.Handled.Count, report.DeadLettered.Count, report.Scheduled.Count).ShouldBe((1, 1, 0));
        report.DeadLettered.Single().Error.ShouldNotBeNullOrWhiteSpace();
    }
}
