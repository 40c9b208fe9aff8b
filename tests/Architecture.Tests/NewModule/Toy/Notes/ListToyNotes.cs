using Association.Platform.Data;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Toy.Notes;

/// <summary>The notes, the newest first.</summary>
[Permission(ToyModule.Read)]
internal sealed record ListToyNotes : IQuery<IReadOnlyList<string>>;

internal static class ListToyNotesHandler
{
    public static async Task<IReadOnlyList<string>> HandleAsync(ListToyNotes query, OfficeDatabase database, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return [.. await connection.QueryAsync<string>(new CommandDefinition("select text from toy.latest_note", cancellationToken: ct))];
    }
}
