using Association.Platform.Data;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;

namespace Association.Benchmarks.Messaging;

/// <summary>Handled in a transaction of its own, with a row in the handler's table, written by SQL.</summary>
[MessageName("bench.counted")]
internal sealed record Counted(int Number);

internal static class CountedHandler
{
    public static async Task HandleAsync(Counted message, IUnitOfWork unit, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("insert into bench.effect (id, number) values ($1, $2)", unit.Connection, unit.Transaction)
        {
            Parameters =
            {
                new() { Value = Guid.CreateVersion7() },
                new() { Value = message.Number },
            },
        };
        await command.PrepareAsync(ct);
        await command.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>The same, written by the module's context, as most handlers do.</summary>
[MessageName("bench.mapped")]
internal sealed record Mapped(int Number);

internal static class MappedHandler
{
    public static void Handle(Mapped message, BenchDb db) => db.Add(new Effect { Number = message.Number });
}

/// <summary>Has no effect but its own end.</summary>
[MessageName("bench.trifle")]
internal sealed record Trifle(int Number);

internal static class TrifleHandler
{
    public static void Handle(Trifle message)
    {
        // nothing: what is measured is the bus
    }
}

/// <summary>Tells when its handler began.</summary>
[MessageName("bench.ping")]
internal sealed record Ping(int Number);

internal static class PingHandler
{
    public static TaskCompletionSource Arrived { get; set; } = new();

    public static void Handle(Ping message) => Arrived.TrySetResult();
}

/// <summary>Stores many messages in one transaction.</summary>
[InternalOnly]
internal sealed record Flood(int From, int Count, DateTimeOffset? Due = null) : ICommand;

internal static class FloodHandler
{
    public static OutgoingMessages Handle(Flood command)
    {
        var messages = new OutgoingMessages();
        for (var i = command.From; i < command.From + command.Count; i++)
            if (command.Due is { } due)
                messages.Schedule(new Trifle(i), due);
            else
                messages.Add(new Trifle(i));
        return messages;
    }
}

internal sealed class BenchDb(DbContextOptions<BenchDb> options) : ModuleDbContext(options, "bench");

internal sealed class Effect
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public int Number { get; init; }
}

internal sealed class EffectMapping : IEntityTypeConfiguration<Effect>
{
    public void Configure(EntityTypeBuilder<Effect> builder) => builder.HasKey(e => e.Id);
}
