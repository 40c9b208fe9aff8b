using System.Globalization;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Wolverine.ErrorHandling;
using Wolverine.Runtime.Handlers;

namespace Association.Messaging.Tests.Trial;

/// <summary>Two handlers: the first calls the test after its write, the second never fails.</summary>
[MessageName("trial.thing-made")]
internal sealed record ThingMade(string Name);

internal static class FirstThingMadeHandler
{
    public static async Task HandleAsync(ThingMade message, TrialDb db, Switchboard board, CancellationToken ct)
    {
        db.Effects.Add(new Effect { Queue = "first", Subject = message.Name });
        await db.SaveChangesAsync(ct);
        await board.CallAsync("first", message.Name, ct);
    }
}

internal static class SecondThingMadeHandler
{
    public static void Handle(ThingMade message, TrialDb db, CurrentUser user, Switchboard board)
    {
        board.OnUser?.Invoke(user.Actor);
        db.Effects.Add(new Effect { Queue = "second", Subject = message.Name });
    }
}

[MessageName("trial.step-done")]
internal sealed record StepDone(string Line, int Number);

internal static class StepDoneHandler
{
    public static async Task HandleAsync(StepDone message, TrialDb db, Switchboard board, CancellationToken ct)
    {
        await board.CallAsync("step", $"{message.Line}{message.Number}", ct);
        db.Effects.Add(new Effect { Queue = message.Line, Subject = message.Number.ToString(CultureInfo.InvariantCulture) });
    }
}

/// <summary>Its handler says what to do about which failure.</summary>
[MessageName("trial.letter-due")]
internal sealed record LetterDue(string To, Money Postage);

internal static class LetterDueHandler
{
    public static void Configure(HandlerChain chain)
    {
        chain.OnException<TimeoutException>().RetryWithCooldown(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)).Then.MoveToErrorQueue();
        chain.OnException<NotSupportedException>().MoveToErrorQueue();
        chain.OnException<InvalidOperationException>().ScheduleRetry(TimeSpan.FromHours(1)).Then.MoveToErrorQueue();
    }

    public static async Task HandleAsync(LetterDue message, TrialDb db, Switchboard board, CancellationToken ct)
    {
        await board.CallAsync("letter", message.To, ct);
        db.Effects.Add(new Effect { Queue = "letter", Subject = $"{message.To} {message.Postage}" });
    }
}

/// <summary>Many of them, one after the other.</summary>
[MessageName("trial.stamp-sold")]
internal sealed record StampSold(int Number);

[Parallelism(1)]
internal static class StampSoldHandler
{
    public static async Task<SheetUsed?> HandleAsync(StampSold message, TrialDb db, Switchboard board, CancellationToken ct)
    {
        await board.CallAsync("stamp", message.Number.ToString(CultureInfo.InvariantCulture), ct);
        db.Effects.Add(new Effect { Queue = "stamp", Subject = message.Number.ToString(CultureInfo.InvariantCulture) });
        return message.Number % 10 == 0 ? new SheetUsed(message.Number) : null;
    }
}

[MessageName("trial.sheet-used")]
internal sealed record SheetUsed(int Number);

internal static class SheetUsedHandler
{
    public static void Handle(SheetUsed message, TrialDb db) =>
        db.Effects.Add(new Effect { Queue = "sheet", Subject = message.Number.ToString(CultureInfo.InvariantCulture) });
}

[Permission(TrialModule.Write)]
internal sealed record SellStamps(int Count, int First = 0) : ICommand;

internal static class SellStampsHandler
{
    public static IEnumerable<StampSold> Handle(SellStamps command) => Enumerable.Range(command.First, command.Count).Select(i => new StampSold(i));
}

/// <summary>Many messages for one moment.</summary>
[Permission(TrialModule.Write)]
internal sealed record ScheduleSheets(int Count, DateTimeOffset When) : ICommand;

internal static class ScheduleSheetsHandler
{
    public static OutgoingMessages Handle(ScheduleSheets command)
    {
        var messages = new OutgoingMessages();
        for (var i = 0; i < command.Count; i++)
            messages.Schedule(new SheetUsed(i), command.When);
        return messages;
    }
}
