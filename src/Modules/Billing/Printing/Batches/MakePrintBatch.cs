using System.Globalization;
using Association.Billing.Data;
using Association.Billing.Printing.Letters;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.LongWork;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Archive;
using Association.Platform.Documents.Letters;
using Association.Platform.Documents.Pdf;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Printing.Batches;

/// <summary>Go on with a batch: the next envelopes, or, when all are made, the file.</summary>
[MessageName("billing.make-print-batch"), InternalOnly]
internal sealed record MakePrintBatch(Guid Batch) : ICommand;

/// <summary>
/// Some envelopes a message: their covering letters are written and archived, their sheets counted. When none is left, they are sorted and joined
/// to one file.
/// </summary>
[PlainWords(typeof(PrintingTexts), "Work.MakePrintBatch")]
internal static class MakePrintBatchHandler
{
    private const int EnvelopesPerMessage = 50;

    public static async Task<OutgoingMessages> HandleAsync(
        MakePrintBatch command,
        BillingDb db,
        FileArchive archive,
        IAssociationProfiles profiles,
        IDuesComparisons comparisons,
        LongWorkLog log,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var connection = await db.ConnectionAsync(ct);
        // The row lock lets one delivery work; a dissolved or finished batch needs nothing more.
        var batch = await connection.QuerySingleOrDefaultAsync<Batch>(
            new CommandDefinition(
                """
                select id, number, letter_id as LetterId, letter_version as LetterVersion, reason, duplex, language, work_id as WorkId, documents,
                  created_at as CreatedAt, created_by as CreatedBy
                  from billing.print_batch where id = @Batch and print_file_id is null and dissolved_at is null for no key update
                """,
                new { command.Batch },
                db.Transaction,
                cancellationToken: ct
            )
        );
        if (batch is null)
            return [];

        var more = await log.StepAsync(
            db,
            batch.WorkId,
            EnvelopesPerMessage,
            limit => UnmadeAsync(batch, limit, db, ct),
            envelopes => MakeAsync(batch, [.. envelopes], db, archive, profiles, comparisons, clock, ct),
            async () => await JoinAsync(batch, db, archive, await profiles.CurrentAsync(ct), clock, ct),
            ct
        );
        return more ? [new MakePrintBatch(batch.Id)] : [];
    }

    private static async Task<IReadOnlyList<Guid>> UnmadeAsync(Batch batch, int limit, BillingDb db, CancellationToken ct) =>
        (
            await (await db.ConnectionAsync(ct)).QueryAsync<Guid>(
                new CommandDefinition(
                    "select id from billing.print_envelope where batch_id = @Id and sheets is null order by id limit @limit",
                    new { batch.Id, limit },
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        ).AsList();

    private static async Task MakeAsync(
        Batch batch,
        Guid[] envelopes,
        BillingDb db,
        FileArchive archive,
        IAssociationProfiles profiles,
        IDuesComparisons comparisons,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var connection = await db.ConnectionAsync(ct);
        var covers = batch.LetterId is { } letter
            ? await WriteCoversAsync(
                batch,
                await CoverLetters.VersionAsync(db, letter, batch.LetterVersion!.Value, ct),
                envelopes,
                db,
                await profiles.CurrentAsync(ct),
                comparisons,
                clock,
                ct
            )
            : new Dictionary<Guid, ArchivedFile>();
        await FileArchive.AddAsync(connection, covers.Values, ct);

        var sheets = envelopes.ToDictionary(e => e, e => covers.TryGetValue(e, out var cover) ? batch.SheetsOf(cover.Bytes) : 0);
        var documents = (
            await connection.QueryAsync<(Guid Envelope, Guid File)>(
                new CommandDefinition(
                    "select envelope_id, archive_file_id from billing.print_document where envelope_id = any (@envelopes) order by envelope_id, place",
                    new { envelopes },
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        ).AsList();
        var at = 0;
        await foreach (var file in archive.ReadAllAsync([.. documents.Select(d => d.File)], ct))
            sheets[documents[at++].Envelope] += batch.SheetsOf(file.Bytes);

        await connection.ExecuteAsync(
            new CommandDefinition(
                "update billing.print_envelope e set sheets = x.sheets, cover_file_id = x.cover from unnest(@ids, @sheets, @covers::uuid[]) as x (id, sheets, cover) where e.id = x.id",
                new
                {
                    ids = envelopes,
                    sheets = envelopes.Select(e => sheets[e]).ToArray(),
                    covers = envelopes.Select(e => covers.TryGetValue(e, out var cover) ? cover.Id : (Guid?)null).ToArray(),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
    }

    private static async Task<Dictionary<Guid, ArchivedFile>> WriteCoversAsync(
        Batch batch,
        StoredCoverLetter letter,
        Guid[] envelopes,
        BillingDb db,
        AssociationProfile association,
        IDuesComparisons comparisons,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var facts = await CoverFacts.OfEnvelopesAsync(db, comparisons, envelopes, batch.Reason, ct);
        return facts.ToDictionary(
            f => f.Key,
            f =>
                ArchivedFile.New(
                    string.Create(CultureInfo.InvariantCulture, $"{f.Value.InvoiceNumber}-{batch.Number}.pdf"),
                    "application/pdf",
                    Letter.Render(CoverLetter.Write(letter, f.Value, association, clock.Today(), batch.CreatedAt))
                )
        );
    }

    // For the folding machine: envelopes with the same number of sheets together; within them as the carrier sorts.
    private static async Task JoinAsync(
        Batch batch,
        BillingDb db,
        FileArchive archive,
        AssociationProfile association,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var connection = await db.ConnectionAsync(ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                update billing.print_envelope e set position = x.position
                  from (select id, row_number() over (order by sheets, address ->> 'country' <> 'DE', address ->> 'country', address ->> 'postalCode',
                    (address -> 'lines' ->> 0) collate "de-DE-x-icu", id) as position
                          from billing.print_envelope where batch_id = @id) x
                 where e.id = x.id
                """,
                new { id = batch.Id },
                db.Transaction,
                cancellationToken: ct
            )
        );
        var rows = await PrintedEnvelope.ReadAsync(db, batch.Id, ct);

        var words = new PrintWords(batch.Language);
        var name = words.FileName(batch.Number);
        var (print, _) = await archive.JoinAsync(
            [.. rows.SelectMany(r => r.Files)],
            name + ".pdf",
            new PdfInformation(words.Title(batch.Number), association.Name, batch.Language, batch.CreatedAt),
            startOnFront: batch.Duplex,
            ct
        );
        var list = ArchivedFile.New(
            name + "-" + words.ListName + ".pdf",
            "application/pdf",
            Letter.Render(PrintList.Write(batch.Number, batch.Language, batch.Duplex, batch.CreatedBy, rows, association, clock.Today(), batch.CreatedAt))
        );
        await FileArchive.AddAsync(connection, [print, list], ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                "update billing.print_batch set print_file_id = @print, list_file_id = @list, sheets = @sheets where id = @id",
                new
                {
                    id = batch.Id,
                    print = print.Id,
                    list = list.Id,
                    sheets = rows.Sum(r => r.Sheets),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
    }

    private sealed class Batch
    {
        public Guid Id { get; init; }

        public int Number { get; init; }

        public Guid? LetterId { get; init; }

        public int? LetterVersion { get; init; }

        public string Reason { get; init; } = "";

        public bool Duplex { get; init; }

        public string Language { get; init; } = "de";

        public Guid WorkId { get; init; }

        public DateTime CreatedAt { get; init; }

        public string CreatedBy { get; init; } = "";

        public int SheetsOf(ReadOnlyMemory<byte> pdf) => PdfBundle.SheetsOf(PdfBundle.PagesOf(pdf), Duplex);
    }
}
