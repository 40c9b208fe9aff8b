using System.Globalization;
using Association.Billing.Data;
using Association.Billing.Printing.Letters;
using Association.Platform.Data;
using Association.Platform.Data.LongWork;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Printing.Batches;

/// <summary>Take what waits for paper into a batch; its file is made in the background.</summary>
/// <param name="Choice">Which documents.</param>
/// <param name="Duplex">Printed on both sides of the sheet.</param>
/// <param name="Letter">The letter in front of each invoice; null without.</param>
/// <param name="Reason">For the letter's field of that name.</param>
[Permission(BillingModule.Print)]
internal sealed record CreatePrintBatch(PrintChoice Choice, bool Duplex = true, Guid? Letter = null, string Reason = "") : ICommand;

/// <summary>The newest wording of the chosen letter; null without one.</summary>
internal sealed record ChosenLetter(StoredCoverLetter? Letter);

internal static class CreatePrintBatchHandler
{
    /// <summary>A file of this many envelopes is what printers and people can still handle; the rest waits for the next batch.</summary>
    public const int MostEnvelopes = 2000;

    public static async Task<ChosenLetter> LoadAsync(CreatePrintBatch command, BillingDb db, CancellationToken ct)
    {
        // One at a time: the second of two at once finds nothing waiting any more.
        var connection = await db.ConnectionAsync(ct);
        await connection.ExecuteAsync(
            new CommandDefinition("select pg_advisory_xact_lock(hashtext('billing.print'))", transaction: db.Transaction, cancellationToken: ct)
        );
        return new ChosenLetter(command.Letter is { } id ? await CoverLetters.NewestAsync(db, id, ct) : null);
    }

    public static async Task<IReadOnlyList<Problem>> ValidateAsync(
        CreatePrintBatch command,
        ChosenLetter chosen,
        BillingDb db,
        IStringLocalizer<PrintingTexts> texts,
        CancellationToken ct
    )
    {
        var problems = new List<Problem>();
        if (command.Letter is not null && chosen.Letter is null)
            problems.Add(new Problem(nameof(command.Letter), texts["Problem.NoSuchLetter"]));
        if (command.Reason.Trim().Length > 500)
            problems.Add(new Problem(nameof(command.Reason), texts["Problem.ReasonTooLong", command.Reason.Trim().Length]));
        if (chosen.Letter?.Uses(CoverField.Reason) == true && command.Reason.Trim().Length == 0)
            problems.Add(new Problem(nameof(command.Reason), texts["Problem.ReasonMissing", chosen.Letter.Name]));
        var connection = await db.ConnectionAsync(ct);
        if (
            !await connection.ExecuteScalarAsync<bool>(
                new CommandDefinition($"select exists ({WaitingDocuments.Chosen})", command.Choice, db.Transaction, cancellationToken: ct)
            )
        )
            problems.Add(new Problem("", texts["Problem.NothingWaits"]));
        return problems;
    }

    public static async Task<(int, MakePrintBatch)> HandleAsync(
        CreatePrintBatch command,
        ChosenLetter chosen,
        BillingDb db,
        LongWorkLog log,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var connection = await db.ConnectionAsync(ct);
        var documents = (
            await connection.QueryAsync<(Guid Invoice, Guid Account, Guid File, string Address)>(
                new CommandDefinition(
                    $"select id, account_id, file, address::text from ({WaitingDocuments.Chosen}) c order by account_id, address::text, series, year, sequence",
                    command.Choice,
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        )
            .GroupBy(d => (d.Account, d.Address))
            .Take(MostEnvelopes)
            .Select(group => (Id: Guid.CreateVersion7(), group.Key.Account, group.Key.Address, Documents: group.ToList()))
            .ToList();

        var batch = Guid.CreateVersion7();
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
                values (@batch, @Letter, @version, @reason, @Duplex, @language, @work, @envelopes, @documents, @now, @by) returning number
                """,
                new
                {
                    batch,
                    command.Letter,
                    version = chosen.Letter?.Version,
                    reason = command.Reason.Trim(),
                    command.Duplex,
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

        var places = documents.SelectMany(e => e.Documents.Select((d, i) => (Envelope: e.Id, Place: i + 1, d.Invoice, d.File))).ToList();
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                insert into billing.print_envelope (id, batch_id, account_id, address) select x.id, @batch, x.account, x.address
                  from unnest(@ids, @accounts, @addresses::jsonb[]) as x (id, account, address);
                insert into billing.print_document (envelope_id, place, invoice_id, archive_file_id) select *
                  from unnest(@envelopes, @places, @invoices, @files);
                """,
                new
                {
                    batch,
                    ids = documents.Select(e => e.Id).ToArray(),
                    accounts = documents.Select(e => e.Account).ToArray(),
                    addresses = documents.Select(e => e.Address).ToArray(),
                    envelopes = places.Select(p => p.Envelope).ToArray(),
                    places = places.Select(p => p.Place).ToArray(),
                    invoices = places.Select(p => p.Invoice).ToArray(),
                    files = places.Select(p => p.File).ToArray(),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return (number, new MakePrintBatch(batch));
    }
}
