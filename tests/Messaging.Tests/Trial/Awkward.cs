using Association.Platform.Messaging;

namespace Association.Messaging.Tests.Trial;

/// <summary>Tells a message of the caller's choice.</summary>
[Permission(TrialModule.Write)]
internal sealed record MakeAndTell(string Name, string Told) : ICommand;

internal static class MakeAndTellHandler
{
    public static ThingMade Handle(MakeAndTell command, TrialDb db)
    {
        db.Things.Add(new Thing { Name = command.Name });
        return new ThingMade(command.Told);
    }
}

/// <summary>Its text comes back base64, so that it can hold what no message may.</summary>
[MessageName("trial.echo-asked")]
internal sealed record EchoAsked(byte[] Text)
{
    public static EchoAsked For(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));
}

internal static class EchoAskedHandler
{
    public static ThingMade Handle(EchoAsked message, TrialDb db)
    {
        var text = System.Text.Encoding.UTF8.GetString(message.Text);
        db.Effects.Add(new Effect { Queue = "echo", Subject = text.Replace('\0', '0') });
        return new ThingMade(text);
    }
}

/// <summary>Holds itself.</summary>
internal sealed class Knot
{
    public Knot? Self { get; set; }
}

[MessageName("trial.knot-tied")]
internal sealed record KnotTied(Knot Knot);

internal static class KnotTiedHandler
{
    public static void Handle(KnotTied message, TrialDb db) => db.Effects.Add(new Effect { Queue = "knot", Subject = "" });
}

[MessageName("trial.ratio-found")]
internal sealed record RatioFound(double Ratio);

internal static class RatioFoundHandler
{
    public static void Handle(RatioFound message, TrialDb db) => db.Effects.Add(new Effect { Queue = "ratio", Subject = "" });
}

/// <summary>Its handler works on the transaction by hand, and ill.</summary>
[MessageName("trial.mischief-made")]
internal sealed record MischiefMade(string Kind);

[Parallelism(1)]
internal static class MischiefMadeHandler
{
    public static async Task HandleAsync(MischiefMade message, TrialDb db, Switchboard board, CancellationToken ct)
    {
        db.Effects.Add(new Effect { Queue = "mischief", Subject = message.Kind });
        await db.SaveChangesAsync(ct);
        await board.CallAsync("mischief", message.Kind, ct);
        await Mischief.DoAsync(message.Kind, db, ct);
    }
}
