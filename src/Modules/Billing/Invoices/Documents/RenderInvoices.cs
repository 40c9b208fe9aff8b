using Association.Billing.Contracts;
using Association.Billing.Data;
using Association.Billing.Receivables;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Archive;
using Association.Platform.Documents.Letters;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Invoices.Documents;

/// <summary>Make the PDF of these issued documents, once each; some 25 a message, so that a retry repeats little.</summary>
/// <param name="Invoices">All that are still to be made.</param>
/// <param name="Then">What is told when all of them have their file: the chunk of a run is done only then.</param>
/// <param name="Mail">Whether they leave by mail as soon as they are made.</param>
[MessageName("billing.render-invoices"), InternalOnly]
internal sealed record RenderInvoices(IReadOnlyList<InvoiceId> Invoices, ChargesInvoiced? Then = null, bool Mail = false) : ICommand;

/// <summary>Renders from the snapshot alone and archives; what has its document keeps it, whatever changed since.</summary>
[PlainWords(typeof(BillingTexts), "Work.RenderInvoices")]
internal static class RenderInvoicesHandler
{
    private const int PerMessage = 25;

    public static async Task<OutgoingMessages> HandleAsync(RenderInvoices render, BillingDb db, IAssociationProfiles profiles, CancellationToken ct)
    {
        var (now, later) = (render.Invoices.Take(PerMessage).ToList(), render.Invoices.Skip(PerMessage).ToList());
        await RenderAsync(now, db, profiles, ct);
        OutgoingMessages next = [];
        if (render.Mail)
            next.Add(new MailInvoices(now));
        if (later.Count > 0)
            next.Add(render with { Invoices = later });
        else if (render.Then is { } done)
            next.Add(done);
        return next;
    }

    private static async Task RenderAsync(IReadOnlyList<InvoiceId> invoices, BillingDb db, IAssociationProfiles profiles, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        // The row lock makes a second delivery of the same message wait; then it finds the documents there.
        var missing = await connection.QueryAsync<(Guid Id, string Number, int Letterhead, DateTime IssuedAt, string Content)>(
            new CommandDefinition(
                """
                select i.id, i.number, i.letterhead_version, i.issued_at, i.content::text
                  from (select * from billing.invoice where id = any (@ids) order by id for no key update) i
                 where not exists (select from billing.invoice_document d where d.invoice_id = i.id)
                """,
                new { ids = invoices.Select(i => i.Value).ToArray() },
                db.Transaction,
                cancellationToken: ct
            )
        );

        var letterheads = new Dictionary<int, AssociationProfile>();
        var files = new Dictionary<Guid, ArchivedFile>();
        foreach (var (id, number, version, issuedAt, content) in missing)
        {
            if (!letterheads.TryGetValue(version, out var letterhead))
                letterheads[version] = letterhead = await profiles.VersionAsync(version, ct);
            var pdf = Letter.Render(InvoiceLetter.Write(BillingJson.Read<InvoiceContent>(content), letterhead, issuedAt));
            files[id] = ArchivedFile.New(number + ".pdf", "application/pdf", pdf);
        }

        await FileArchive.AddAsync(connection, files.Values, ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                "insert into billing.invoice_document (invoice_id, archive_file_id) select * from unnest(@invoices, @archived)",
                new { invoices = files.Keys.ToArray(), archived = files.Values.Select(f => f.Id).ToArray() },
                db.Transaction,
                cancellationToken: ct
            )
        );
    }
}
