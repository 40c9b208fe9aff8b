using Association.Billing.Data;
using Association.Billing.Deliveries;
using Association.Billing.Printing.Batches;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Sending.Given;

/// <summary>Take back that documents were given otherwise; they wait again. What was mailed since stays as it is.</summary>
/// <param name="Number">Only this document; null: all of the note.</param>
/// <param name="Note">What was noted in one go; null: the one document.</param>
[Permission(BillingModule.Send)]
internal sealed record UndoGiven(string? Number, Guid? Note) : ICommand;

internal static class UndoGivenHandler
{
    /// <returns>How many documents wait again.</returns>
    public static async Task<int> HandleAsync(
        UndoGiven command,
        BillingDb db,
        CurrentUser user,
        TimeProvider clock,
        IStringLocalizer<SendingTexts> texts,
        CancellationToken ct
    )
    {
        await PaperBatch.LockAsync(db, ct);
        await HandOver.LockAsync(db, ct);
        var undone = await (await db.ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition(
                $"update billing.given_document g set taken_back_at = @now, taken_back_by = @by where g.id in (select x.id from ({GivenNotes.Undoable}) x)",
                new
                {
                    number = command.Number?.Trim().ToUpperInvariant(),
                    note = command.Note,
                    now = clock.GetUtcNow(),
                    by = user.Actor.Name,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return undone > 0 ? undone : throw new ProblemsException(texts["Given.NotUndone"]);
    }
}
