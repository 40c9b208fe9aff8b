using Association.Billing.Data;
using Association.Platform.Documents.Archive;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Deliveries.Letters;

/// <summary>The archived bytes of a statement or letter that was made to be sent; null when there is none, or it is being made.</summary>
/// <param name="Number"><c>KA-17</c>.</param>
[Permission(BillingModule.ReadInvoices)]
internal sealed record ReadLetterDocument(string Number) : IQuery<ReadOnlyMemory<byte>?>;

internal static class ReadLetterDocumentHandler
{
    public static async Task<ReadOnlyMemory<byte>?> HandleAsync(ReadLetterDocument query, BillingDb db, FileArchive archive, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var file = await connection.QuerySingleOrDefaultAsync<Guid?>(
            new CommandDefinition(
                "select d.archive_file_id from billing.letter l join billing.letter_document d on d.letter_id = l.id where l.number = @number",
                new { number = query.Number.Trim().ToUpperInvariant() },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return file is { } id ? (await archive.ReadAsync(id, ct)).Bytes : null;
    }
}
