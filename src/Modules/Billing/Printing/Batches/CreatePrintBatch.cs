using Association.Billing.Data;
using Association.Billing.Printing.Letters;
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
    public static async Task<ChosenLetter> LoadAsync(CreatePrintBatch command, BillingDb db, CancellationToken ct)
    {
        await PaperBatch.LockAsync(db, ct); // the second of two at once finds nothing waiting any more
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
        var (id, number) = await PaperBatch.TakeAsync(
            new PaperBatch(command.Choice, command.Duplex, command.Letter, chosen.Letter?.Version, command.Reason.Trim()),
            db,
            log,
            user,
            clock,
            ct
        );
        return (number, new MakePrintBatch(id));
    }
}
