using Association.Billing.Data;
using Association.Platform.Data;
using Npgsql;
using NpgsqlTypes;

namespace Association.Billing.Ledger;

/// <summary>Writes entries into the journal: lines first, then the heads that seal them.</summary>
internal static class Journal
{
    /// <summary>Appends the entries in the running transaction; <c>by</c> is who posts, as shown in the journal.</summary>
    /// <remarks>COPY, because a dues run posts thousands of entries at once; a single payment takes the same way.</remarks>
    public static async Task AppendAsync(NpgsqlConnection connection, IReadOnlyCollection<Posting> postings, string by, CancellationToken ct)
    {
        await using (
            var lines = await connection.BeginBinaryImportAsync(
                "copy billing.posting_line (posting_id, position, ledger_account, account_id, invoice_id, item_id, debit, credit) from stdin (format binary)",
                ct
            )
        )
        {
            foreach (var posting in postings)
                for (var i = 0; i < posting.Lines.Count; i++)
                {
                    var line = posting.Lines[i];
                    await lines.StartRowAsync(ct);
                    await lines.WriteAsync(posting.Id.Value, NpgsqlDbType.Uuid, ct);
                    await lines.WriteAsync(i + 1, NpgsqlDbType.Integer, ct);
                    await lines.WriteAsync(line.LedgerAccount, NpgsqlDbType.Text, ct);
                    await lines.WriteIdAsync(line.Account?.Value, ct);
                    await lines.WriteIdAsync(line.Item?.Invoice?.Value, ct);
                    await lines.WriteIdAsync(line.Item?.Other?.Value, ct);
                    await lines.WriteAsync(line.DebitAmount.Amount, NpgsqlDbType.Numeric, ct);
                    await lines.WriteAsync(line.CreditAmount.Amount, NpgsqlDbType.Numeric, ct);
                }
            await lines.CompleteAsync(ct);
        }

        await using var heads = await connection.BeginBinaryImportAsync(
            "copy billing.posting (id, kind, booked_on, dated_on, invoice_id, item_id, text, posted_by, reverses_id) from stdin (format binary)",
            ct
        );
        foreach (var posting in postings)
        {
            await heads.StartRowAsync(ct);
            await heads.WriteAsync(posting.Id.Value, NpgsqlDbType.Uuid, ct);
            await heads.WriteAsync(EnumText.Of(posting.Kind), NpgsqlDbType.Text, ct);
            await heads.WriteAsync(posting.BookedOn, NpgsqlDbType.Date, ct);
            await heads.WriteAsync(posting.DatedOn, NpgsqlDbType.Date, ct);
            await heads.WriteIdAsync(posting.Item?.Invoice?.Value, ct);
            await heads.WriteIdAsync(posting.Item?.Other?.Value, ct);
            await heads.WriteAsync(posting.Text, NpgsqlDbType.Text, ct);
            await heads.WriteAsync(by, NpgsqlDbType.Text, ct);
            await heads.WriteIdAsync(posting.Reverses?.Value, ct);
        }
        await heads.CompleteAsync(ct);
    }
}
