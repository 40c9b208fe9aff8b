using System.Globalization;
using Association.Billing.Data;
using Association.Platform.Data;
using Association.Platform.Data.LongWork;
using Association.Platform.Data.Users;
using Dapper;

namespace Association.Billing.Printing.Batches;

/// <summary>What becomes a print batch. Its envelopes are chosen here; their file is made by <see cref="MakePrintBatch"/>.</summary>
/// <param name="Choice">Which documents.</param>
/// <param name="Duplex">Printed on both sides of the sheet.</param>
/// <param name="Letter">The letter in front of each invoice; null without.</param>
/// <param name="LetterVersion">Its wording.</param>
/// <param name="Reason">For the letter's field of that name.</param>
internal sealed record PaperBatch(PrintChoice Choice, bool Duplex, Guid? Letter = null, int? LetterVersion = null, string Reason = "")
{
    /// <summary>A file of this many envelopes is what printers and people can still handle; the rest waits for the next batch.</summary>
    public const int MostEnvelopes = 2000;

    /// <summary>One at a time chooses.</summary>
    public static Task LockAsync(BillingDb db, CancellationToken ct) => db.OneAtATimeAsync("billing.print", ct);

    /// <summary>Takes what waits, under the lock.</summary>
    public static async Task<(Guid Id, int Number)> TakeAsync(
        PaperBatch batch,
        BillingDb db,
        LongWorkLog log,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var connection = await db.ConnectionAsync(ct);
        var documents = (
            await connection.QueryAsync<(Guid Id, bool IsLetter, Guid Account, Guid File, string Address)>(
                new CommandDefinition(
                    $"select id, kind not in ('invoice', 'cancellation'), account_id, file, address::text from ({WaitingDocuments.Chosen}) c order by account_id, address::text, series, year, sequence",
                    batch.Choice,
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        )
            .GroupBy(d => (d.Account, d.Address))
            .Take(MostEnvelopes)
            .Select(group => (Id: Guid.CreateVersion7(), group.Key.Account, group.Key.Address, Documents: group.ToList()))
            .ToList();

        var id = Guid.CreateVersion7();
        var work = await log.StartAsync(
            db,
            "billing.print-batch",
            StoredText.Of<PrintingTexts>("Work.Batch"),
            PrintingUrl.Start,
            documents.Count,
            user.Actor.Name,
            ct
        );
        var number = await connection.ExecuteScalarAsync<int>(
            new CommandDefinition(
                """
                insert into billing.print_batch (id, letter_id, letter_version, reason, duplex, language, work_id, envelopes, documents, created_at, created_by)
                values (@id, @Letter, @LetterVersion, @Reason, @Duplex, @language, @work, @envelopes, @documents, @now, @by) returning number
                """,
                new
                {
                    id,
                    batch.Letter,
                    batch.LetterVersion,
                    batch.Reason,
                    batch.Duplex,
                    work,
                    language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName is "fr" or "en"
                        ? CultureInfo.CurrentUICulture.TwoLetterISOLanguageName
                        : "de",
                    envelopes = documents.Count,
                    documents = documents.Sum(e => e.Documents.Count),
                    now = clock.GetUtcNow(),
                    by = user.Actor.Name,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );

        var places = documents.SelectMany(e => e.Documents.Select((d, i) => (Envelope: e.Id, Place: i + 1, d.Id, d.IsLetter, d.File))).ToList();
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                insert into billing.print_envelope (id, batch_id, account_id, address) select x.id, @id, x.account, x.address
                  from unnest(@ids, @accounts, @addresses::jsonb[]) as x (id, account, address);
                insert into billing.print_document (envelope_id, place, invoice_id, letter_id, archive_file_id)
                select x.envelope, x.place, case when not x.is_letter then x.document end, case when x.is_letter then x.document end, x.file
                  from unnest(@envelopes, @places, @documents, @letters, @files) as x (envelope, place, document, is_letter, file);
                """,
                new
                {
                    id,
                    ids = documents.Select(e => e.Id).ToArray(),
                    accounts = documents.Select(e => e.Account).ToArray(),
                    addresses = documents.Select(e => e.Address).ToArray(),
                    envelopes = places.Select(p => p.Envelope).ToArray(),
                    places = places.Select(p => p.Place).ToArray(),
                    documents = places.Select(p => p.Id).ToArray(),
                    letters = places.Select(p => p.IsLetter).ToArray(),
                    files = places.Select(p => p.File).ToArray(),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return (id, number);
    }
}
