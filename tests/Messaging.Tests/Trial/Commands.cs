using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.EntityFrameworkCore;

namespace Association.Messaging.Tests.Trial;

[Permission(TrialModule.Write)]
internal sealed record MakeThing(string Name) : ICommand;

internal static class MakeThingHandler
{
    public static IEnumerable<Problem> Validate(MakeThing command)
    {
        if (command.Name == "")
            yield return new Problem(nameof(command.Name), "Der Name fehlt.");
    }

    public static async Task<(Guid, ThingMade)> HandleAsync(MakeThing command, TrialDb db, CurrentUser user, Switchboard board, CancellationToken ct)
    {
        _ = user.Id; // somebody is signed in
        var thing = new Thing { Name = command.Name };
        db.Things.Add(thing);
        await db.SaveChangesAsync(ct);
        await board.CallAsync("make", command.Name, ct);
        return (thing.Id, new ThingMade(command.Name));
    }
}

/// <summary>A step that is taken once, however often it is asked for.</summary>
[Permission(TrialModule.Write)]
internal sealed record TakeStep(string Line, int Number) : ICommand;

internal static class TakeStepHandler
{
    public static StepDone Handle(TakeStep command, TrialDb db)
    {
        db.Things.Add(new Thing { Name = $"{command.Line} {command.Number}" });
        return new StepDone(command.Line, command.Number);
    }
}

[Permission(TrialModule.Write)]
internal sealed record ResizeThing(Guid Id, int Size) : ICommand;

internal static class ResizeThingHandler
{
    public static Task<Thing?> LoadAsync(ResizeThing command, TrialDb db, CancellationToken ct) => db.Things.SingleOrDefaultAsync(t => t.Id == command.Id, ct);

    public static Problem? Validate(ResizeThing command, Thing? thing) => thing is null ? new Problem("", "Das Ding gibt es nicht.") : null;

    public static async Task HandleAsync(ResizeThing command, Thing? thing, Switchboard board, CancellationToken ct)
    {
        await board.CallAsync("resize", "", ct);
        thing!.Size = command.Size;
    }
}

/// <summary>Makes a thing by invoking another command, which no handler may.</summary>
[Permission(TrialModule.Write)]
internal sealed record MakePair(string First, string Second) : ICommand;

internal static class MakePairHandler
{
    public static async Task HandleAsync(MakePair command, TrialDb db, IMessageBus bus, CancellationToken ct)
    {
        db.Things.Add(new Thing { Name = command.First });
        await db.SaveChangesAsync(ct);
        await bus.InvokeAsync(new MakeThing(command.Second), ct);
    }
}

/// <summary>Without a context: the bus brings the transaction.</summary>
[Permission(TrialModule.Write)]
internal sealed record NoteEffect(string Subject) : ICommand;

internal static class NoteEffectHandler
{
    public static Task<int> HandleAsync(NoteEffect command, IUnitOfWork unit, CancellationToken ct) =>
        unit.Connection.ExecuteAsync(
            new CommandDefinition(
                "insert into trial.effect (id, queue, subject) values (@id, 'note', @Subject)",
                new { id = Guid.CreateVersion7(), command.Subject },
                unit.Transaction,
                cancellationToken: ct
            )
        );
}

[InternalOnly]
internal sealed record SweepThings : ICommand;

internal static class SweepThingsHandler
{
    public static Task HandleAsync(SweepThings command, TrialDb db, CancellationToken ct) => db.Things.ExecuteDeleteAsync(ct);
}

[AnyoneMay("the size of the yard is no secret")]
internal sealed record AskSize : IQuery<string>;

internal static class AskSizeHandler
{
    public static string Handle(AskSize query) => "large";
}

[Permission(TrialModule.Read)]
internal sealed record CountThings : IQuery<int>;

internal static class CountThingsHandler
{
    public static Task<int> HandleAsync(CountThings query, TrialDb db, CancellationToken ct) => db.Things.CountAsync(ct);
}
