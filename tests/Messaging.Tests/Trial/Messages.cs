using Association.Platform.Data.Users;
using Association.Platform.Messaging;

namespace Association.Messaging.Tests.Trial;

/// <summary>Two handlers.</summary>
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
    public static void Handle(ThingMade message, TrialDb db) => db.Effects.Add(new Effect { Queue = "second", Subject = message.Name });
}

/// <summary>One handler, in order of the group.</summary>
[MessageName("trial.step-done")]
internal sealed record StepDone(string Group, int Number) : IGroupedMessage
{
    string? IGroupedMessage.Group => Group;
}

internal static class StepDoneHandler
{
    public static async Task HandleAsync(StepDone message, TrialDb db, Switchboard board, CancellationToken ct)
    {
        await board.CallAsync("step", $"{message.Group}{message.Number}", ct);
        db.Effects.Add(new Effect { Queue = message.Group, Subject = message.Number.ToString(System.Globalization.CultureInfo.InvariantCulture) });
    }
}

[Permission(TrialModule.Write)]
internal sealed record MakeThing(string Name, bool Fail = false) : ICommand;

internal static class MakeThingHandler
{
    public static IEnumerable<Problem> Validate(MakeThing command)
    {
        if (command.Name == "") yield return new Problem(nameof(command.Name), "Der Name fehlt.");
    }

    public static (Guid, ThingMade) Handle(MakeThing command, TrialDb db, CurrentUser user)
    {
        var thing = new Thing { Name = command.Name };
        db.Things.Add(thing);
        _ = user.Id;
        if (command.Fail) throw new InvalidOperationException("as told");
        return (thing.Id, new ThingMade(command.Name));
    }
}

[Permission(TrialModule.Read)]
internal sealed record CountThings : IQuery<int>;

internal static class CountThingsHandler
{
    public static Task<int> HandleAsync(CountThings query, TrialDb db, CancellationToken ct) => Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.CountAsync(db.Things, ct);
}
