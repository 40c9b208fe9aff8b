using Npgsql;

namespace Association.Platform.Messaging;

/// <summary>
/// The running transaction of a handler that has no context of its own; ask for it as a parameter of <c>Load</c> or <c>Handle</c>.
/// </summary>
/// <remarks>The bus commits or rolls back; the handler does neither.</remarks>
public interface IUnitOfWork
{
    /// <summary>Open.</summary>
    NpgsqlConnection Connection { get; }

    /// <summary>Running.</summary>
    NpgsqlTransaction Transaction { get; }
}
