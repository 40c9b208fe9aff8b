using Association.Platform.Data;
using Association.Platform.Documents.Archive;
using Association.Platform.Web.Modules;
using Dapper;

namespace Association.Billing.Verify;

/// <summary>Every archived file still has the digest it was archived with, and every issued document has its file.</summary>
internal sealed class ArchivedDocuments(OfficeDatabase database, FileArchive archive) : IVerifyCheck
{
    public string Name => "archive-hashes";

    public async Task<CheckResult> RunAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var found = await archive.VerifyAsync(ct);
        var missing = (
            await connection.QueryAsync<string>(
                new CommandDefinition(
                    """
                    select i.number from billing.invoice i
                     where not exists (select from billing.invoice_document d where d.invoice_id = i.id)
                        or exists (select from billing.invoice_edition e left join billing.invoice_edition_document d using (invoice_id, edition)
                          where e.invoice_id = i.id and d.archive_file_id is null)
                     order by i.series, i.year, i.sequence
                    """,
                    cancellationToken: ct
                )
            )
        ).AsList();
        return (found.Damaged.Count, missing.Count) switch
        {
            (0, 0) => new CheckResult(true, $"{found.Files} files unchanged, every issued document has its file"),
            (0, _) => new CheckResult(false, $"{missing.Count} issued documents have no file yet: {string.Join(", ", missing.Take(5))}"),
            _ => new CheckResult(
                false,
                $"{found.Damaged.Count} of {found.Files} files changed since they were archived; {missing.Count} issued documents have no file"
            ),
        };
    }
}
