using Association.Billing.Data;
using Association.Billing.Ledger;
using Association.Billing.Receivables;
using Association.Membership.Contracts;
using Association.Platform.Data;
using Npgsql;
using NpgsqlTypes;

namespace Association.Billing.Invoices;

/// <summary>An invoice or a cancellation that is about to be issued: its row, its lines, its posting.</summary>
internal sealed record IssuedDocument
{
    public required InvoiceId Id { get; init; }

    public required int Sequence { get; init; }

    public required AccountId Account { get; init; }

    public required ChargeId Charge { get; init; }

    /// <summary>The dues run; null on a cancellation.</summary>
    public DuesRunId? Run { get; init; }

    public required InvoiceContent Content { get; init; }

    /// <summary>Frozen with the document.</summary>
    public required PaymentContent Terms { get; init; }

    public required int LetterheadVersion { get; init; }

    /// <summary>The cancelled invoice; null on an invoice.</summary>
    public InvoiceId? Cancels { get; init; }

    public required Posting Posting { get; init; }

    private string Series =>
        (
            Cancels is not null ? NumberSeries.Cancellations
            : Content.Service is null ? NumberSeries.Invoices
            : NumberSeries.Services
        ).Name;

    /// <summary>Writes documents in the running transaction: lines, postings, and last the documents, which the database checks against both.</summary>
    /// <remarks>COPY, because a dues run issues thousands at once; a single cancellation takes the same way.</remarks>
    public static async Task WriteAsync(NpgsqlConnection connection, IReadOnlyCollection<IssuedDocument> documents, string by, CancellationToken ct)
    {
        await using (
            var lines = await connection.BeginBinaryImportAsync("copy billing.invoice_line (invoice_id, position, text, amount) from stdin (format binary)", ct)
        )
        {
            foreach (var document in documents)
                for (var i = 0; i < document.Content.Lines.Count; i++)
                {
                    var line = document.Content.Lines[i];
                    await lines.StartRowAsync(ct);
                    await lines.WriteAsync(document.Id.Value, NpgsqlDbType.Uuid, ct);
                    await lines.WriteAsync(i + 1, NpgsqlDbType.Integer, ct);
                    await lines.WriteAsync(line.Text, NpgsqlDbType.Text, ct);
                    await lines.WriteAsync(line.Amount.Amount, NpgsqlDbType.Numeric, ct);
                }
            await lines.CompleteAsync(ct);
        }

        await Journal.AppendAsync(connection, [.. documents.Select(d => d.Posting)], by, ct);

        await using var heads = await connection.BeginBinaryImportAsync(
            """
            copy billing.invoice (id, series, year, sequence, number, kind, account_id, charge_id, run_id, dues_year, issued_on, due_on, amount, payment_route,
              payment_text, iban, mandate_reference, collect_on, regulation, letterhead_version, content, cancels_id, cancel_reason, issued_by)
            from stdin (format binary)
            """,
            ct
        );
        foreach (var document in documents)
            await document.WriteHeadAsync(heads, by, ct);
        await heads.CompleteAsync(ct);
    }

    private async Task WriteHeadAsync(NpgsqlBinaryImporter copy, string by, CancellationToken ct)
    {
        await copy.StartRowAsync(ct);
        await copy.WriteAsync(Id.Value, NpgsqlDbType.Uuid, ct);
        await copy.WriteAsync(Series, NpgsqlDbType.Text, ct);
        await copy.WriteAsync(Content.IssuedOn.Year, NpgsqlDbType.Integer, ct);
        await copy.WriteAsync(Sequence, NpgsqlDbType.Integer, ct);
        await copy.WriteAsync(Content.Number, NpgsqlDbType.Text, ct);
        await copy.WriteAsync(Cancels is null ? "invoice" : "cancellation", NpgsqlDbType.Text, ct);
        await copy.WriteAsync(Account.Value, NpgsqlDbType.Uuid, ct);
        await copy.WriteAsync(Charge.Value, NpgsqlDbType.Uuid, ct);
        await copy.WriteIdAsync(Run?.Value, ct);
        await copy.WriteNumberAsync(Content.DuesYear, ct);
        await copy.WriteAsync(Content.IssuedOn, NpgsqlDbType.Date, ct);
        await copy.WriteAsync(Terms.DueOn, NpgsqlDbType.Date, ct);
        await copy.WriteAsync(Content.Amount.Amount, NpgsqlDbType.Numeric, ct);
        await copy.WriteAsync(EnumText.Of(Terms.Route), NpgsqlDbType.Text, ct);
        await copy.WriteAsync(Terms.Text, NpgsqlDbType.Text, ct);
        await copy.WriteTextAsync(Terms.Iban, ct);
        await copy.WriteTextAsync(Terms.MandateReference, ct);
        await copy.WriteDateAsync(Terms.CollectOn, ct);
        await copy.WriteAsync(Content.Regulation, NpgsqlDbType.Text, ct);
        await copy.WriteAsync(LetterheadVersion, NpgsqlDbType.Integer, ct);
        await copy.WriteAsync(BillingJson.Write(Content), NpgsqlDbType.Jsonb, ct);
        await copy.WriteIdAsync(Cancels?.Value, ct);
        await copy.WriteTextAsync(Content.Cancels?.Reason, ct);
        await copy.WriteAsync(by, NpgsqlDbType.Text, ct);
    }
}
