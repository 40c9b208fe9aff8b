using Association.Messaging.Tests.Trial;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Messaging.Operation;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Messaging.Tests.Releases;

/// <summary>Messages outlive the release that stored them, and two releases work on one database while the product is being upgraded.</summary>
public sealed class ReleaseTests() : TrialOffice(working: false)
{
    [Fact]
    public async Task what_an_older_release_stored_is_handled_although_class_and_handler_have_new_names()
    {
        await using (var first = await ReleaseAsync(typeof(ParcelReleases.First), working: false))
            await BusOf(first, bus => bus.PublishAsync(new ParcelReleases.First.ParcelSent(7, "Lebach")));
        var second = await ReleaseAsync(typeof(ParcelReleases.Second));
        await UntilAsync(async () => (await EffectsAsync()).Count > 0);
        await StopAsync(second);
        (await EffectsAsync()).ShouldBe(["registered:7 Lebach"]);
        (await ReadAsync<long>("select count(*) from messaging.dead_letter")).ShouldBe([0]);
    }

    [Fact]
    public async Task an_older_release_leaves_the_queues_of_a_newer_one_alone()
    {
        var first = await ReleaseAsync(typeof(ParcelReleases.First));
        await using (var upgrading = await ReleaseAsync(typeof(ParcelReleases.Second), working: false))
            for (var i = 0; i < 20; i++)
                await BusOf(upgrading, bus => bus.PublishAsync(new ParcelReleases.Second.ParcelDispatched(i, "Wadern")));
        await UntilAsync(async () => (await EffectsAsync()).Count == 20); // in its own queue, by its own handler
        var second = await ReleaseAsync(typeof(ParcelReleases.Second));
        await UntilAsync(async () => (await EffectsAsync()).Count == 40);
        await StopAsync(first);
        await StopAsync(second);
        (await EffectsAsync()).Order().ShouldBe(Enumerable.Range(0, 20).SelectMany(i => new[] { $"booked:{i} Wadern", $"told:{i} Wadern" }).Order());
        (await ReadAsync<long>("select count(*) from messaging.dead_letter")).ShouldBe([0]);
    }

    [Fact]
    public async Task a_message_that_nobody_knows_any_more_is_parked_shown_and_replayed_once_its_handler_is_back()
    {
        await using (var first = await ReleaseAsync(typeof(ParcelReleases.First), working: false))
            await BusOf(first, bus => bus.PublishAsync(new ParcelReleases.First.ParcelLost(9)));
        var second = await ReleaseAsync(
            typeof(ParcelReleases.Second),
            options =>
            {
                options.HousekeepingInterval = TimeSpan.FromMilliseconds(50);
                options.UnknownQueueGrace = TimeSpan.FromMilliseconds(100);
            }
        );
        await UntilAsync(async () => (await LettersAsync(second)).Count > 0);
        var letter = (await LettersAsync(second)).Single();
        letter.Name.ShouldBe("trial.parcel-lost");
        letter.ExceptionText.ShouldContain("trial.parcel-lost/search-parcel");
        await Should.ThrowAsync<ProblemsException>(BusOf(second, async bus => await bus.InvokeAsync(new ReplayDeadLetter(letter.Id, letter.Queue)))); // still nobody knows it
        await BusOf(second, bus => bus.PublishAsync(new ParcelReleases.Second.ParcelDispatched(1, "Tholey"))); // and nobody was stopped by it
        await UntilAsync(async () => (await EffectsAsync()).Count == 2);
        await StopAsync(second);

        var again = await ReleaseAsync(typeof(ParcelReleases.First));
        await BusOf(again, async bus => await bus.InvokeAsync(new ReplayDeadLetter(letter.Id, letter.Queue)));
        await UntilAsync(async () => (await EffectsAsync()).Contains("searched:9"));
        (await LettersAsync(again)).ShouldBeEmpty();
        await StopAsync(again);
        (await EffectsAsync()).Count(e => e == "searched:9").ShouldBe(1);
    }

    private Task<ServiceProvider> ReleaseAsync(Type release, Action<MessagingOptions>? options = null, bool working = true) =>
        HostAsync(
            Office.ConnectionString,
            o =>
            {
                o.PollInterval = TimeSpan.FromMilliseconds(100);
                options?.Invoke(o);
            },
            configure: ParcelReleases.Of(release),
            working: working
        );

    private static Task<IReadOnlyList<DeadLetter>> LettersAsync(ServiceProvider host) => AskAsync(host, bus => bus.QueryAsync(new ListDeadLetters()));

    private static Task BusOf(ServiceProvider host, Func<IMessageBus, ValueTask> act) =>
        AskAsync(
            host,
            async bus =>
            {
                await act(bus);
                return 0;
            }
        );

    private static async Task<T> AskAsync<T>(ServiceProvider host, Func<IMessageBus, Task<T>> ask)
    {
        await using var scope = host.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Actor = Clerk;
        return await ask(scope.ServiceProvider.GetRequiredService<IMessageBus>());
    }
}
