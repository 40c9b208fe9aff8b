using Association.Billing.Data;
using Association.Billing.Invoices.Documents;
using Association.Billing.Receivables;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Archive;
using Association.Platform.Documents.Letters;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Invoices.Readdressing;

/// <summary>Make the PDF of a further document of an invoice, once.</summary>
[MessageName("billing.render-edition"), InternalOnly]
internal sealed record RenderEdition(InvoiceId Invoice, int Edition) : ICommand;

/// <summary>Renders from the edition's snapshot alone and archives it beside the documents before it.</summary>
[PlainWords(typeof(ReaddressTexts), "Work.Render")]
internal static class RenderEditionHandler
{
    public static async Task HandleAsync(RenderEdition render, BillingDb db, IAssociationProfiles profiles, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var parameters = new { id = render.Invoice.Value, edition = render.Edition };
        // The row lock makes a second delivery of the same message wait; then it finds the document there.
        var found = await connection.QuerySingleOrDefaultAsync<(string Number, int Letterhead, DateTime IssuedAt, string Content)?>(
            new CommandDefinition(
                """
                select i.number, e.letterhead_version, e.issued_at, e.content::text
                  from (select * from billing.invoice_edition where invoice_id = @id and edition = @edition for no key update) e
                    join billing.invoice i on i.id = e.invoice_id
                 where not exists (select from billing.invoice_edition_document d where d.invoice_id = e.invoice_id and d.edition = e.edition)
                """,
                parameters,
                db.Transaction,
                cancellationToken: ct
            )
        );
        if (found is not var (number, letterhead, issuedAt, content))
            return;

        var pdf = Letter.Render(InvoiceLetter.Write(BillingJson.Read<InvoiceContent>(content), await profiles.VersionAsync(letterhead, ct), issuedAt));
        var file = ArchivedFile.New($"{number}-{render.Edition}.pdf", "application/pdf", pdf);
        await FileArchive.AddAsync(connection, [file], ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                "insert into billing.invoice_edition_document (invoice_id, edition, archive_file_id) values (@id, @edition, @file)",
                new
                {
                    parameters.id,
                    parameters.edition,
                    file = file.Id,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
    }
}
