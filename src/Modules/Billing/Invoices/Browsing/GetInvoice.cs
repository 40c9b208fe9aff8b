using Association.Billing.Data;
using Association.Billing.Receivables;
using Association.Membership.Contracts;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Invoices.Browsing;

/// <summary>An issued document with what was posted on it; null when there is no such number.</summary>
[Permission(BillingModule.ReadInvoices)]
internal sealed record GetInvoice(string Number) : IQuery<InvoiceView?>;

/// <summary>An issued document as its page shows it.</summary>
/// <param name="Content">As printed.</param>
/// <param name="State">How it stands today.</param>
/// <param name="Open">Still to be paid.</param>
/// <param name="CancelledBy">Number of the cancellation; null without.</param>
/// <param name="Credit">What the member's account has in hand.</param>
/// <param name="DocumentSize">Bytes of the PDF; null while it is being made.</param>
/// <param name="Letterhead">Version of the association's profile.</param>
/// <param name="IssuedAt">When.</param>
/// <param name="IssuedBy">Who.</param>
/// <param name="Postings">What was posted on it, oldest first.</param>
/// <param name="Charge">The claim that it tells, or takes back.</param>
/// <param name="Forgiven">What was waived or written off on it.</param>
/// <param name="Editions">Its documents, the first one first.</param>
internal sealed record InvoiceView(
    InvoiceContent Content,
    InvoiceState State,
    Money Open,
    string? CancelledBy,
    Money Credit,
    int? DocumentSize,
    int Letterhead,
    DateTimeOffset IssuedAt,
    string IssuedBy,
    IReadOnlyList<InvoicePosting> Postings,
    ChargeId Charge,
    Forgiveness Forgiven,
    IReadOnlyList<InvoiceEdition> Editions
);

/// <summary>A document of an invoice: the first, or a further one for another recipient.</summary>
internal sealed record InvoiceEdition(int Number, DateOnly IssuedOn, string IssuedBy, string Recipient, string? Reason, bool HasDocument);

/// <summary>One side of an entry that touches the document.</summary>
/// <param name="DatedOn">The day it happened.</param>
/// <param name="BookedOn">The day it entered the books.</param>
/// <param name="Kind">Why.</param>
/// <param name="Account">Code of the ledger account.</param>
/// <param name="Text">What the payer or the document says.</param>
/// <param name="Debit">What the side debits.</param>
/// <param name="Credit">What the side credits.</param>
/// <param name="By">Who posted it.</param>
/// <param name="Payment">On the bank's side of a payment that is not taken back: its number in the journal.</param>
internal sealed record InvoicePosting(
    DateOnly DatedOn,
    DateOnly BookedOn,
    string Kind,
    string Account,
    string Text,
    Money Debit,
    Money Credit,
    string By,
    long? Payment
);

internal static class GetInvoiceHandler
{
    public static async Task<InvoiceView?> HandleAsync(GetInvoice query, BillingDb db, TimeProvider clock, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            new CommandDefinition(
                """
                select i.id, i.charge_id as Charge, t.content::text as Content,
                       coalesce(f.waived, 0) as Waived, coalesce(f.written_off, 0) as WrittenOff, coalesce(f.recovered, 0) as Recovered, 
                         i.kind = 'cancellation' as IsCancellation, i.due_on as DueOn, i.payment_route as Route,
                       coalesce((select o.open from billing.open_item o where o.invoice_id = i.id), 0) as Open,
                       (select c.number from billing.invoice c where c.cancels_id = i.id) as CancelledBy,
                       coalesce((select b.balance from billing.credit_balance b where b.account_id = i.account_id), 0) as Credit,
                       (select length(f.bytes) from billing.current_document d join platform.archive_file f on f.id = d.archive_file_id
                         where d.invoice_id = i.id) as DocumentSize,
                       i.letterhead_version as Letterhead, i.issued_at as IssuedAt, i.issued_by as IssuedBy
                  from billing.invoice i join billing.account a on a.id = i.account_id join billing.current_content t on t.invoice_id = i.id
                  left join billing.forgiven f on f.invoice_id = i.id
                 where i.number = @number
                """,
                new { number = query.Number.Trim().ToUpperInvariant() },
                db.Transaction,
                cancellationToken: ct
            )
        );
        if (row is null)
            return null;

        var postings = await connection.QueryAsync<(
            DateOnly Dated,
            DateOnly Booked,
            string Kind,
            string Account,
            string Text,
            decimal Debit,
            decimal Credit,
            string By,
            long? Payment
        )>(
            new CommandDefinition(
                """
                select p.dated_on, p.booked_on, p.kind, l.ledger_account, p.text, l.debit, l.credit, p.posted_by,
                       case when p.kind = 'payment' and l.ledger_account = 'bank' and not exists (select from billing.posting r where r.reverses_id = p.id)
                         then p.sequence end
                  from billing.posting p join billing.posting_line l on l.posting_id = p.id
                 where p.invoice_id = @id or p.id in (select x.posting_id from billing.posting_line x where x.invoice_id = @id)
                 order by p.sequence, l.position
                """,
                new { id = row.Id },
                db.Transaction,
                cancellationToken: ct
            )
        );

        var editions = await connection.QueryAsync<(int Number, DateOnly IssuedOn, string By, string Recipient, string? Reason, bool HasDocument)>(
            new CommandDefinition(
                """
                select 1, i.issued_on, i.issued_by, i.content #>> '{recipient,lines,0}', null,
                  exists (select from billing.invoice_document d where d.invoice_id = i.id)
                  from billing.invoice i where i.id = @id
                union all
                select e.edition, e.issued_on, e.issued_by, e.content #>> '{recipient,lines,0}', e.reason,
                       exists (select from billing.invoice_edition_document d where d.invoice_id = e.invoice_id and d.edition = e.edition)
                  from billing.invoice_edition e where e.invoice_id = @id
                 order by 1
                """,
                new { id = row.Id },
                db.Transaction,
                cancellationToken: ct
            )
        );

        var open = new Money(row.Open);
        var forgiven = new Forgiveness(new Money(row.Waived), new Money(row.WrittenOff), new Money(row.Recovered));
        var state = InvoiceFilter.StateOf(
            row.IsCancellation,
            row.CancelledBy is not null,
            open,
            row.DueOn,
            EnumText.Parse<PaymentRoute>(row.Route) == PaymentRoute.DirectDebit,
            clock.Today(),
            forgiven.Waived,
            forgiven.WrittenOff
        );
        return new InvoiceView(
            BillingJson.Read<InvoiceContent>(row.Content),
            state,
            open,
            row.CancelledBy,
            new Money(row.Credit),
            row.DocumentSize,
            row.Letterhead,
            row.IssuedAt,
            row.IssuedBy,
            [
                .. postings.Select(p => new InvoicePosting(
                    p.Dated,
                    p.Booked,
                    p.Kind,
                    p.Account,
                    p.Text,
                    new Money(p.Debit),
                    new Money(p.Credit),
                    p.By,
                    p.Payment
                )),
            ],
            new ChargeId(row.Charge),
            forgiven,
            [.. editions.Select(e => new InvoiceEdition(e.Number, e.IssuedOn, e.By, e.Recipient, e.Reason, e.HasDocument))]
        );
    }

    private sealed class Row
    {
        public Guid Id { get; init; }

        public Guid Charge { get; init; }

        public decimal Waived { get; init; }

        public decimal WrittenOff { get; init; }

        public decimal Recovered { get; init; }

        public required string Content { get; init; }

        public bool IsCancellation { get; init; }

        public DateOnly DueOn { get; init; }

        public required string Route { get; init; }

        public decimal Open { get; init; }

        public string? CancelledBy { get; init; }

        public decimal Credit { get; init; }

        public int? DocumentSize { get; init; }

        public int Letterhead { get; init; }

        public DateTime IssuedAt { get; init; }

        public required string IssuedBy { get; init; }
    }
}
