using Association.Billing.Data;
using Association.Billing.Printing.Batches;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Sending;

/// <summary>Have everything that waits leave: one mail a recipient with all of its documents, and a print batch of what goes on paper.</summary>
/// <param name="Run">Only documents of this dues run; null: all that wait.</param>
/// <param name="SeenByMail">Documents by mail that the person was shown: when it is another number by now, nothing leaves.</param>
/// <param name="SeenOnPaper">The same of those on paper.</param>
/// <param name="Mail">Have the mails sent.</param>
/// <param name="Paper">Make the print batch.</param>
/// <param name="Duplex">Printed on both sides of the sheet.</param>
/// <param name="SeenNewest">The newest sending that the person was shown, 0 when there was none: when there is a newer one by now, nothing leaves; null: whichever.</param>
[Permission(BillingModule.Send)]
internal sealed record SendDocuments(
    DuesRunId? Run,
    int SeenByMail,
    int SeenOnPaper,
    bool Mail = true,
    bool Paper = true,
    bool Duplex = true,
    int? SeenNewest = null
) : ICommand;

/// <summary>A sending that somebody began.</summary>
internal sealed record Sending(int Number, string By, DateTime At);

/// <summary>What was begun: the number of the sending, whose page shows the rest.</summary>
internal sealed record BegunSending(int Number, int ByMail, int? Batch);

internal static class SendDocumentsHandler
{
    public static async Task<(WaitingCount, Sending?)> LoadAsync(SendDocuments command, BillingDb db, CancellationToken ct)
    {
        // One at a time, with print batches: the second of two at once finds another number waiting than it was shown, or, as mails are handed over
        // after this, a sending that it was not shown.
        await PaperBatch.LockAsync(db, ct);
        return (await CountWaitingHandler.HandleAsync(new CountWaiting(command.Run), db, ct), await NewestAsync(db, ct));
    }

    public static Problem? Validate(SendDocuments command, WaitingCount waiting, Sending? newest, IStringLocalizer<SendingTexts> texts) =>
        newest is { } begun && command.SeenNewest is { } seen && begun.Number > seen
            ? new Problem("", texts["Problem.BegunSince", begun.Number, begun.By, Formats.Of(begun.At)])
        : (waiting.ByMail, waiting.OnPaper) != (command.SeenByMail, command.SeenOnPaper)
            ? new Problem("", texts["Problem.Changed", new Count(waiting.ByMail), new Count(waiting.OnPaper)])
        : (command.Mail && waiting.ByMail > 0) || (command.Paper && waiting.OnPaper > 0) ? null
        : new Problem("", texts["Problem.NothingWaits"]);

    public static Task<(BegunSending, OutgoingMessages)> HandleAsync(
        SendDocuments command,
        WaitingCount waiting,
        Sending? _,
        SendingStart start,
        CancellationToken ct
    ) => start.BeginAsync(command.Run?.Value, waiting, command.Mail, command.Paper, command.Duplex, ct);

    private static async Task<Sending?> NewestAsync(BillingDb db, CancellationToken ct) =>
        await (await db.ConnectionAsync(ct)).QuerySingleOrDefaultAsync<Sending>(
            new CommandDefinition(
                "select number as Number, created_by as By, created_at as At from billing.sending order by number desc limit 1",
                transaction: db.Transaction,
                cancellationToken: ct
            )
        );
}
