using Association.Platform.Messaging.Storing;
using Npgsql;

namespace Association.Platform.Messaging.Running;

/// <summary>What the bus remembers of a scope: what its messages belong to, and the running transaction.</summary>
internal sealed class BusScope : IUnitOfWork
{
    /// <summary>Everything that a request, a verb or a test causes carries the same id.</summary>
    public Guid CorrelationId { get; set; } = Guid.CreateVersion7();

    /// <summary>The message being handled.</summary>
    public Received? Received { get; set; }

    /// <summary>The running transaction; null outside a command.</summary>
    public UnitOfWork? Unit { get; set; }

    NpgsqlConnection IUnitOfWork.Connection => Running.Connection;

    NpgsqlTransaction IUnitOfWork.Transaction => Running.Transaction;

    private UnitOfWork Running =>
        Unit ?? throw new InvalidOperationException("There is no running transaction: IUnitOfWork is for handlers of commands and events.");
}
