using System.Globalization;
using Association.Messaging.Tests.Trial;
using Association.Platform.Messaging;
using Association.Testing;
using Shouldly;

namespace Association.Messaging.Tests.Crashes;

/// <summary>
/// Work of every kind: a message with two handlers, queues that take one after the other, messages that cause others,
/// handlers on documents and event streams, and some that fail now and then. It knows which effects must be there in the end, each once.
/// </summary>
internal sealed class Mixture
{
    /// <summary>What handlers left: rows, documents, events, and a folder that does not hold what its stream says.</summary>
    public const string Effects = """
        select queue || ' ' || subject as effect from trial.effect
        union all select 'copy ' || (data ->> 'number') from trial.mt_doc_slipcopy
        union all select 'slip ' || (data ->> 'number') from trial.mt_events where type = 'slip_added'
        union all select 'broken folder ' || id from trial.mt_doc_folder f where (f.data ->> 'slips')::int <> (select count(*) from trial.mt_events e
          where e.stream_id = f.id)
        """;

    private const int Folders = 4;

    private static readonly string[] Lines = ["line a", "line b", "line c"];
    private readonly List<string> _expected = [];
    private int _things,
        _steps,
        _stamps,
        _slips;

    /// <summary>Options of hosts that are killed again and again.</summary>
    public static void Configure(MessagingOptions options)
    {
        options.HandlerSilence = TimeSpan.FromSeconds(1);
        options.PollInterval = TimeSpan.FromMilliseconds(100);
        options.RetryDelayScale = 0;
        options.MaxInterruptions = int.MaxValue; // here every process dies, again and again
    }

    /// <summary>Handlers take their time between write and commit, so that a kill finds them there; and some fail.</summary>
    public static void Disturb(Switchboard board)
    {
        board.On("first", (_, ct) => DisturbAsync(3, 25, ct));
        board.On("step", (_, ct) => DisturbAsync(2, 15, ct));
        board.On("stamp", (_, ct) => DisturbAsync(0, 60, ct));
        board.On("slip", (_, ct) => DisturbAsync(3, 25, ct));
    }

    /// <summary>Stores more work.</summary>
    public async Task PublishAsync(IMessageBus bus, int amount)
    {
        for (var i = 0; i < amount; i++)
        {
            var thing = _things++;
            await bus.PublishAsync(new ThingMade(Text(thing)));
            _expected.AddRange([$"first {thing}", $"second {thing}"]);
            if (i % 4 == 0)
                await StepAsync(bus);
            if (i % 3 == 0)
                await FileAsync(bus);
        }
        var stamps = Enumerable.Range(_stamps, amount).ToList();
        await bus.InvokeAsync(new SellStamps(amount, _stamps));
        _stamps += amount;
        _expected.AddRange(stamps.Select(n => $"stamp {n}"));
        _expected.AddRange(stamps.Where(n => n % 10 == 0).Select(n => $"sheet {n}"));
    }

    /// <summary>How many effects are still to come, as far as their number tells.</summary>
    public long Missing(long effects) => _expected.Count - effects;

    /// <summary>Every effect is there exactly once.</summary>
    public void ShouldBeExactly(IReadOnlyList<string> effects)
    {
        effects.CountBy(e => e).Where(e => e.Value > 1).Select(e => e.Key).ShouldBeEmpty("these effects are there twice");
        _expected.Except(effects).ShouldBeEmpty("these effects are missing");
        effects.Except(_expected).ShouldBeEmpty("nobody caused these effects");
    }

    private async Task StepAsync(IMessageBus bus)
    {
        var (line, number) = (Lines[_steps % Lines.Length], _steps++);
        await bus.PublishAsync(new StepDone(line, number));
        _expected.Add($"{line} {number}");
    }

    private async Task FileAsync(IMessageBus bus)
    {
        var slip = _slips++;
        await bus.PublishAsync(new SlipFiled(slip % Folders, slip));
        _expected.AddRange([$"slip {slip}", $"copy {slip}", $"row {slip}"]);
        if (slip % 5 == 0)
            _expected.Add($"sheet {-slip - 1}");
    }

    private static async Task DisturbAsync(int milliseconds, int oneIn, CancellationToken ct)
    {
        if (milliseconds > 0)
            await Task.Delay(Random.Shared.Next(milliseconds + 1), ct);
        if (Random.Shared.Next(oneIn) == 0)
            throw new TimeoutException("now and then");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
