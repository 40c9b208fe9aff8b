using Association.Billing.Data;
using Association.Billing.Deliveries;
using Association.Platform.Data.LongWork;
using Association.Platform.Mail;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Sending;

/// <summary>Stop a sending: no further mail is handed over, and those that nobody has begun to send are taken back. Their documents wait again.</summary>
/// <param name="Number">Of the sending.</param>
[Permission(BillingModule.Send)]
internal sealed record StopSending(int Number) : ICommand;

internal static class StopSendingHandler
{
    public static async Task<SendingView?> LoadAsync(StopSending command, BillingDb db, CancellationToken ct) =>
        (await ReadSendingsHandler.HandleAsync(new ReadSendings(command.Number), db, ct)).SingleOrDefault();

    public static Problem? Validate(StopSending command, SendingView? sending, IStringLocalizer<SendingTexts> texts) =>
        sending switch
        {
            null => new Problem("", texts["Problem.NoSuchSending", command.Number]),
            { IsRunning: false } or { Work: null } => new Problem("", texts["Problem.Ended", command.Number]),
            _ => null,
        };

    /// <returns>How many mails were taken back.</returns>
    public static async Task<int> HandleAsync(
        StopSending command,
        SendingView sending,
        BillingDb db,
        LongWorkLog works,
        IOutgoingMails mails,
        CancellationToken ct
    )
    {
        var connection = await db.ConnectionAsync(ct);
        // After the lock of whoever hands over: its mails are there to be taken back, and it sees the wish before its next ones.
        await HandOver.LockAsync(db, ct);
        await works.WishCancelAsync(sending.Work!.Value, ct);
        var purposes = await connection.QueryAsync<string>(
            new CommandDefinition(
                "select distinct purpose from billing.mailed_document where sending_id = @Id",
                new { sending.Id },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return await mails.WithdrawWaitingAsync([.. purposes], ct);
    }
}
