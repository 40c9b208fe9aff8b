using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Dapper;
using JasperFx.Events.Projections;
using Marten;

namespace Association.Messaging.Tests.Trial;

/// <summary>What the trial module keeps as documents and event streams.</summary>
internal static class TrialDocuments
{
    public static void Configure(StoreOptions options)
    {
        options.Schema.For<SlipCopy>();
        options.Projections.Snapshot<Folder>(SnapshotLifecycle.Inline);
    }
}

/// <summary>A document of its own for each slip.</summary>
public sealed record SlipCopy(Guid Id, int Number, Money Price);

/// <summary>In the stream of a folder.</summary>
public sealed record SlipAdded(int Number);

/// <summary>What a folder's stream amounts to; written with each event.</summary>
public sealed class Folder
{
    public Guid Id { get; set; }

    public int Slips { get; set; }

    public int Version { get; set; }

    public void Apply(SlipAdded _) => Slips++;

    /// <summary>The stream of a folder.</summary>
    public static Guid StreamOf(int number) => new(number + 1, 0, 0, new byte[8]);
}

/// <summary>Its handler leaves a document, an event under the lock of its stream, a row and a message.</summary>
[MessageName("trial.slip-filed")]
internal sealed record SlipFiled(int Folder, int Number);

internal static class SlipFiledHandler
{
    public static async Task<SheetUsed?> HandleAsync(SlipFiled message, IDocumentSession session, IUnitOfWork unit, Switchboard board, CancellationToken ct)
    {
        var folder = await session.Events.FetchForExclusiveWriting<Folder>(Folder.StreamOf(message.Folder), ct);
        folder.AppendOne(new SlipAdded(message.Number));
        session.Store(new SlipCopy(Guid.CreateVersion7(), message.Number, new Money(1.20m)));
        await session.SaveChangesAsync(ct);
        await board.CallAsync("slip", $"{message.Number}", ct);
        await unit.Connection.ExecuteAsync(
            new CommandDefinition(
                "insert into trial.effect (id, queue, subject) values (@id, 'row', @subject)",
                new { id = Guid.CreateVersion7(), subject = $"{message.Number}" },
                unit.Transaction,
                cancellationToken: ct
            )
        );
        return message.Number % 5 == 0 ? new SheetUsed(-message.Number - 1) : null;
    }
}

/// <summary>Adds a slip to a folder that the caller saw in a certain version.</summary>
[Permission(TrialModule.Write)]
internal sealed record FileSlip(int Folder, int Number, int Seen) : ICommand;

internal static class FileSlipHandler
{
    public static async Task<SheetUsed> HandleAsync(FileSlip command, IDocumentSession session, Switchboard board, CancellationToken ct)
    {
        var folder = await session.Events.FetchForWriting<Folder>(Folder.StreamOf(command.Folder), command.Seen, ct);
        folder.AppendOne(new SlipAdded(command.Number));
        await board.CallAsync("file", $"{command.Number}", ct);
        return new SheetUsed(command.Number);
    }
}

[Permission(TrialModule.Read)]
internal sealed record ReadFolder(int Number) : IQuery<Folder?>;

internal static class ReadFolderHandler
{
    public static Task<Folder?> HandleAsync(ReadFolder query, IQuerySession session, CancellationToken ct) =>
        session.LoadAsync<Folder>(Folder.StreamOf(query.Number), ct);
}
