using System.Diagnostics;
using System.Runtime.CompilerServices;
using Association.Office.Contracts;
using Association.Office.Operation;
using Association.Office.People;
using Association.Office.Settings;
using Association.Office.Today;
using Association.Office.Today.Counting;
using Association.Platform.Data;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace Association.Office.Tests.Today;

/// <summary>The number beside <em>Heute</em>: on every page, so it must cost next to nothing, and it must be the number that <em>Heute</em> has.</summary>
public sealed class OpenTasksTests : IAsyncLifetime
{
    private readonly SlowTasks _tasks = new();
    private TestOffice _office = null!;

    public async Task InitializeAsync() =>
        _office = await TestOffice.CreateAsync(
            services =>
            {
                services.AddSingleton<ITodayTask>(_tasks);
                foreach (
                    var background in services
                        .Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType?.Assembly == typeof(TodayModule).Assembly)
                        .ToList()
                )
                    services.Remove(background); // jobs; what counts tasks stays
            },
            new IdentityModule(),
            new SettingsModule(),
            new OperationModule(),
            new TodayModule()
        );

    public async Task DisposeAsync() => await _office.DisposeAsync();

    [Fact]
    public async Task a_page_asks_one_question_and_no_module()
    {
        var heute = await HeuteAsync();
        _tasks.Asked = 0;

        using var test = new Activity("pages").Start();
        var commands = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStarted = command =>
            {
                if (command.TraceId == test.TraceId)
                    Interlocked.Increment(ref commands);
            },
        };
        ActivitySource.AddActivityListener(listener);
        for (var page = 0; page < 20; page++)
            (await CountAsync()).ShouldBe(heute);

        commands.ShouldBe(20);
        _tasks.Asked.ShouldBe(0);
    }

    [Fact]
    public async Task a_count_that_is_no_longer_fresh_is_made_anew_beside_the_pages_and_once()
    {
        var before = await HeuteAsync();
        _tasks.Open = 5;
        _tasks.Asked = 0;
        _office.Clock.Set(_office.Clock.GetUtcNow().AddMinutes(2));
        _tasks.Hold();

        for (var page = 0; page < 20; page++)
            (await CountAsync()).ShouldBe(before, "no page waits for the count");
        _tasks.Release();
        // Not asked as a page asks: a page that still read the old count would, with right, ask for another one.
        await UntilAsync(async () => await KeptAsync() == before + 3);

        _tasks.Asked.ShouldBe(1);
        (await HeuteAsync()).ShouldBe(before + 3);
    }

    [Fact]
    public async Task who_was_never_counted_is_counted_in_the_background()
    {
        (await CountAsync()).ShouldBeNull();

        await UntilAsync(async () => await CountAsync() > 0);
        (await CountAsync()).ShouldBe(await HeuteAsync());
    }

    [Fact]
    public async Task what_was_kept_an_hour_ago_is_not_shown_but_counted()
    {
        var heute = await HeuteAsync();
        _office.Clock.Set(_office.Clock.GetUtcNow().AddHours(1).AddSeconds(1));

        (await CountAsync()).ShouldBeNull();

        await UntilAsync(async () => await CountAsync() == heute);
    }

    [Fact]
    public async Task a_change_during_a_count_is_counted_by_another()
    {
        var before = await HeuteAsync();
        _tasks.Asked = 0;
        _tasks.Hold();
        var recounts = _office.Services.GetRequiredService<Recounts>();

        recounts.Changed(Actor);
        await UntilAsync(() => Task.FromResult(_tasks.Asked == 1));
        _tasks.Open = 3;
        recounts.Changed(Actor);
        recounts.Changed(Actor);
        _tasks.Release();

        await UntilAsync(async () => await CountAsync() == before + 1);
        _tasks.Asked.ShouldBe(2);
    }

    [Fact]
    public async Task a_count_that_fails_is_made_when_the_next_page_asks()
    {
        var before = await HeuteAsync();
        _tasks.Fails = true;
        _office.Services.GetRequiredService<Recounts>().Changed(Actor);
        await UntilAsync(() => Task.FromResult(!_tasks.Fails));

        _tasks.Open = 3;
        _office.Clock.Set(_office.Clock.GetUtcNow().AddMinutes(2));

        await UntilAsync(async () => await CountAsync() == before + 1);
    }

    [Fact]
    public async Task what_is_put_off_is_not_counted()
    {
        var before = await HeuteAsync();

        await _office
            .As(Roles.Office)
            .Bus.InvokeAsync(new PutOffTask("/office#slow-1", DateOnly.FromDateTime(_office.Clock.GetUtcNow().Date).AddDays(5), "Wartet auf Antwort"));

        (await HeuteAsync()).ShouldBe(before - 1);
        (await CountAsync()).ShouldBe(before - 1);
    }

    private async Task<int> HeuteAsync() => (await _office.As(Roles.Office).Bus.QueryAsync(new ReadToday())).Tasks.Count(t => t.IsOpen);

    private Actor Actor => _office.As(Roles.Office).Services.GetRequiredService<CurrentUser>().Actor;

    private Task<int?> CountAsync() => _office.Services.GetRequiredService<IOpenTasks>().CountAsync(Actor, CancellationToken.None);

    private async Task<int> KeptAsync()
    {
        await using var connection = await _office.Services.GetRequiredService<OfficeDatabase>().OpenConnectionAsync();
        return await connection.QuerySingleAsync<int>("select open from today.open_count where person_id = @id", new { id = Actor.Id!.Value.Value });
    }

    private static Task UntilAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        Waiting.UntilAsync(condition, 90, what);

    /// <summary>Stands for the preview of a dues run, which takes a second with 100,000 members.</summary>
    private sealed class SlowTasks : ITodayTask
    {
        private volatile TaskCompletionSource _held = Done();

        public volatile int Open = 2;
        public volatile bool Fails;
        public int Asked;

        public void Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => _held.SetResult();

        public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
        {
            Interlocked.Increment(ref Asked);
            var open = Open; // as of now, like the snapshot of a query
            await _held.Task.WaitAsync(ct);
            if (Fails)
            {
                Fails = false;
                throw new InvalidOperationException("as a database that is away");
            }
            return [.. Enumerable.Range(1, open).Select(n => new TodayRow("Probe", $"Aufgabe {n}", "", $"/office#slow-{n}", "Ansehen", Urgency.Soon))];
        }

        private static TaskCompletionSource Done()
        {
            var done = new TaskCompletionSource();
            done.SetResult();
            return done;
        }
    }
}
