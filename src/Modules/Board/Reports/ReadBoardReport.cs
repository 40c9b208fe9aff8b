using Association.Platform.Data;
using Association.Platform.Documents.Archive;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Board.Reports;

/// <summary>A kept report as it was handed out; null when there is none.</summary>
[Permission(BoardModule.Read)]
internal sealed record ReadBoardReport(Guid Id) : IQuery<ArchivedFile?>;

internal static class ReadBoardReportHandler
{
    public static async Task<ArchivedFile?> HandleAsync(ReadBoardReport query, OfficeDatabase database, FileArchive archive, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var file = await connection.ExecuteScalarAsync<Guid?>(
            new CommandDefinition("select archive_file_id from board.report where id = @Id", query, cancellationToken: ct)
        );
        return file is { } id ? await archive.ReadAsync(id, ct) : null;
    }
}
