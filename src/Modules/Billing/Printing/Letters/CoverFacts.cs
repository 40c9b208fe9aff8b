using Association.Billing.Data;
using Association.Billing.Receivables;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Dapper;

namespace Association.Billing.Printing.Letters;

/// <summary>What a covering letter says about its member and invoice.</summary>
/// <param name="Language">Of the member.</param>
/// <param name="Recipient">As on the invoice.</param>
/// <param name="Name">Of the member.</param>
/// <param name="MemberNumber">Of the member.</param>
/// <param name="InvoiceNumber">The invoice that it lies in front of.</param>
/// <param name="Year">Dues year.</param>
/// <param name="Amount">Of the invoice.</param>
/// <param name="DueOn">Last day of a transfer, or the day of collection.</param>
/// <param name="Calculation">The invoice's lines.</param>
/// <param name="Reason">As the office typed it for the batch.</param>
/// <param name="FullYear">For a full year.</param>
/// <param name="LastYear">The year before, for a full year; null when none is known.</param>
internal sealed record CoverFacts(
    string Language,
    PrintedAddress Recipient,
    string Name,
    string MemberNumber,
    string InvoiceNumber,
    int Year,
    Money Amount,
    DateOnly DueOn,
    string Calculation,
    string Reason,
    Money FullYear,
    Money? LastYear
)
{
    /// <summary>For envelopes that hold an invoice; of several the last one.</summary>
    public static Task<IReadOnlyDictionary<Guid, CoverFacts>> OfEnvelopesAsync(
        BillingDb db,
        IDuesComparisons comparisons,
        Guid[] envelopes,
        string reason,
        CancellationToken ct
    ) =>
        ReadAsync(
            db,
            comparisons,
            """
            select distinct on (d.envelope_id) d.envelope_id, i.charge_id, i.content::text, e.address::text
              from billing.print_document d join billing.print_envelope e on e.id = d.envelope_id join billing.invoice i on i.id = d.invoice_id
             where d.envelope_id = any (@envelopes) and i.kind = 'invoice' and i.dues_year is not null order by d.envelope_id, d.place desc
            """,
            new { envelopes },
            reason,
            ct
        );

    /// <summary>For the newest invoice of a member that was not taken back; null when there is none.</summary>
    public static async Task<CoverFacts?> OfMemberAsync(BillingDb db, IDuesComparisons comparisons, string member, string reason, CancellationToken ct) =>
        (
            await ReadAsync(
                db,
                comparisons,
                """
                select i.id, i.charge_id, c.content::text, (c.content -> 'recipient')::text
                  from billing.invoice i join billing.account a on a.id = i.account_id join billing.current_content c on c.invoice_id = i.id
                 where a.member_number = @member and i.dues_year is not null and i.kind = 'invoice' and not exists (select from billing.invoice x where x.cancels_id = i.id)
                 order by i.issued_on desc, i.sequence desc limit 1
                """,
                new { member = member.Trim() },
                reason,
                ct
            )
        ).Values.SingleOrDefault();

    private static async Task<IReadOnlyDictionary<Guid, CoverFacts>> ReadAsync(
        BillingDb db,
        IDuesComparisons comparisons,
        string sql,
        object parameters,
        string reason,
        CancellationToken ct
    )
    {
        var connection = await db.ConnectionAsync(ct);
        var rows = (
            await connection.QueryAsync<(Guid Key, Guid Charge, string Content, string Address)>(
                new CommandDefinition(sql, parameters, db.Transaction, cancellationToken: ct)
            )
        ).AsList();
        var compared = (await comparisons.CompareAsync([.. rows.Select(r => new ChargeId(r.Charge))], ct)).ToDictionary(c => c.Id.Value);
        return rows.ToDictionary(
            r => r.Key,
            r => Of(BillingJson.Read<InvoiceContent>(r.Content), BillingJson.Read<PrintedAddress>(r.Address), compared.GetValueOrDefault(r.Charge), reason)
        );
    }

    private static CoverFacts Of(InvoiceContent invoice, PrintedAddress address, ChargeComparison? compared, string reason) =>
        new(
            invoice.Language,
            address,
            invoice.MemberName,
            invoice.MemberNumber,
            invoice.Number,
            invoice.DuesYear!.Value, // covers explain dues: services were not read
            invoice.Amount,
            invoice.Payment!.CollectOn ?? invoice.Payment.DueOn,
            string.Join('\n', invoice.Lines.Select(l => l.Text)),
            reason,
            compared?.FullYear ?? invoice.Amount,
            compared?.LastYear
        );
}
