using Association.Billing.Data;
using Association.Billing.Invoices.Browsing;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Archive;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Invoices.Documents;

/// <summary>Which archived PDFs belong to the documents of a filter, in the order of their numbers, without their bytes.</summary>
[Permission(BillingModule.ReadInvoices)]
internal sealed record ListDocuments(InvoiceFilter Filter) : IQuery<DocumentList>;

/// <summary>The archived PDFs, and what has none yet.</summary>
/// <param name="Documents">Archived.</param>
/// <param name="Pending">Numbers whose PDF is still being made.</param>
/// <param name="Members">Numbers of the members whose documents they are, each once.</param>
internal sealed record DocumentList(IReadOnlyList<ArchivedDocument> Documents, IReadOnlyList<string> Pending, IReadOnlyList<string> Members)
{
    /// <summary>The archived files, in the same order.</summary>
    public IReadOnlyList<Guid> Files => [.. Documents.Select(d => d.File)];
}

/// <summary>An archived PDF.</summary>
/// <param name="Number">Of the document.</param>
/// <param name="File">In the archive.</param>
/// <param name="Sha256">Digest of its bytes.</param>
internal sealed record ArchivedDocument(string Number, Guid File, byte[] Sha256)
{
    /// <summary>The name under which it is handed out.</summary>
    public string FileName => Number + ".pdf";
}

/// <summary>The bytes of one archived PDF as they were issued; null when the number has none (yet).</summary>
/// <param name="Number">Of the invoice or cancellation.</param>
/// <param name="Edition">1 for the first document of an invoice, 2 … for further ones; null for the newest.</param>
[Permission(BillingModule.ReadInvoices)]
internal sealed record ReadDocument(string Number, int? Edition = null) : IQuery<ReadOnlyMemory<byte>?>;

internal static class ListDocumentsHandler
{
    public static async Task<DocumentList> HandleAsync(ListDocuments query, BillingDb db, TimeProvider clock, CancellationToken ct)
    {
        var where = query.Filter.ToSql(clock.Today());
        var connection = await db.ConnectionAsync(ct);
        var rows = (
            await connection.QueryAsync<(string Number, Guid? File, byte[]? Sha256, string Member)>(
                new CommandDefinition(
                    $"""
                    select i.number, f.id, f.sha256, a.member_number
                      from billing.invoice i join billing.account a on a.id = i.account_id
                      left join billing.current_document d on d.invoice_id = i.id
                      left join platform.archive_file f on f.id = d.archive_file_id
                     where {where.Sql} order by i.series, i.year, i.sequence
                    """,
                    where.Parameters,
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        ).AsList();
        return new DocumentList(
            [.. rows.Where(r => r.File is not null).Select(r => new ArchivedDocument(r.Number, r.File!.Value, r.Sha256!))],
            [.. rows.Where(r => r.File is null).Select(r => r.Number)],
            [.. rows.Select(r => r.Member).Distinct(StringComparer.Ordinal)]
        );
    }
}

internal static class ReadDocumentHandler
{
    public static async Task<ReadOnlyMemory<byte>?> HandleAsync(ReadDocument query, BillingDb db, FileArchive archive, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var file = await connection.QuerySingleOrDefaultAsync<Guid?>(
            new CommandDefinition(
                """
                select d.archive_file_id from billing.invoice i
                  join (select invoice_id, 1 as edition, archive_file_id from billing.invoice_document
                        union all select invoice_id, edition, archive_file_id from billing.invoice_edition_document) d on d.invoice_id = i.id
                 where i.number = @number and (@Edition::int is null or d.edition = @Edition) order by d.edition desc limit 1
                """,
                new { number = query.Number.Trim().ToUpperInvariant(), query.Edition },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return file is { } id ? (await archive.ReadAsync(id, ct)).Bytes : null;
    }
}
