using Association.Billing.Data;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Printing.Batches;

/// <summary>What can be noted on a batch.</summary>
internal enum PrintStep
{
    /// <summary>It is on paper.</summary>
    Printed,

    /// <summary>It is on its way.</summary>
    Sent,

    /// <summary>It is given up before it was printed; its documents wait again.</summary>
    Dissolved,
}

/// <summary>Note on a batch that it was printed or sent, or take the newest note back; or give the batch up.</summary>
/// <param name="Number">Of the batch.</param>
/// <param name="Step">What.</param>
/// <param name="Undo">Takes the note back; what was given up stays so.</param>
[Permission(BillingModule.Print)]
internal sealed record MarkPrintBatch(int Number, PrintStep Step, bool Undo = false) : ICommand;

internal static class MarkPrintBatchHandler
{
    public static async Task<PrintBatch?> LoadAsync(MarkPrintBatch command, BillingDb db, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                "select from billing.print_batch where number = @Number for no key update",
                new { command.Number },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return (await ListPrintBatchesHandler.HandleAsync(new ListPrintBatches(command.Number), db, ct)).SingleOrDefault();
    }

    public static Problem? Validate(MarkPrintBatch command, PrintBatch? batch, IStringLocalizer<PrintingTexts> texts) =>
        (batch?.State, command.Step, command.Undo) switch
        {
            (null, _, _) => new Problem("", texts["Problem.NoSuchBatch", command.Number]),
            (PrintBatchState.Ready, PrintStep.Printed, false) => null,
            (PrintBatchState.Printed, PrintStep.Sent, false) => null,
            (PrintBatchState.Ready or PrintBatchState.Making, PrintStep.Dissolved, false) => null,
            (PrintBatchState.Printed, PrintStep.Printed, true) => null,
            (PrintBatchState.Sent, PrintStep.Sent, true) => null,
            _ => new Problem("", texts["Problem.WrongStep", command.Number, texts["State." + batch!.State].Value]),
        };

    public static async Task HandleAsync(MarkPrintBatch command, PrintBatch batch, BillingDb db, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        var column = command.Step switch
        {
            PrintStep.Printed => "printed",
            PrintStep.Sent => "sent",
            _ => "dissolved",
        };
        var connection = await db.ConnectionAsync(ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                $"""
                update billing.print_batch set {column}_at = @now, {column}_by = @by where id = @Id;
                update billing.print_document d set live = false from billing.print_envelope e where @dissolve and e.id = d.envelope_id and e.batch_id = @Id;
                """,
                new
                {
                    batch.Id,
                    now = command.Undo ? (DateTimeOffset?)null : clock.GetUtcNow(),
                    by = command.Undo ? null : user.Actor.Name,
                    dissolve = command.Step == PrintStep.Dissolved,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
    }
}
