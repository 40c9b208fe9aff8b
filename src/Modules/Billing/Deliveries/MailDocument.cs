using Association.Billing.Data;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Deliveries;

/// <summary>Mail one document, for the first time or again: a further attempt with a proof of its own.</summary>
/// <param name="Number">Of the document.</param>
/// <param name="Seen">Attempts that the person was shown: when there is another one by now, nothing leaves.</param>
[Permission(BillingModule.Send)]
internal sealed record MailDocument(string Number, int Seen) : ICommand;

internal static class MailDocumentHandler
{
    public static async Task<Dispatch?> LoadAsync(MailDocument command, BillingDb db, CancellationToken ct)
    {
        await HandOver.LockAsync(db, ct); // with the sendings: what one of them hands over right now is seen here
        return await ReadDispatchHandler.HandleAsync(new ReadDispatch(command.Number), db, ct);
    }

    public static Problem? Validate(MailDocument command, Dispatch? dispatch, IStringLocalizer<DeliveryTexts> texts) =>
        dispatch switch
        {
            null or { File: null } => new Problem("", texts["Problem.NoDocument", command.Number]),
            { IsCancelled: true } => new Problem("", texts["Problem.Cancelled", dispatch.Number]),
            { Recipient: null } => new Problem("", texts["Problem.NoAddress", dispatch.MemberName]),
            { LastMail.State: DeliveryState.HandedOver } => new Problem("", texts["Problem.UnderWay", dispatch.Number]),
            _ when dispatch.Attempts != command.Seen => new Problem("", texts["Problem.Changed", dispatch.Number]),
            _ => null,
        };

    public static Task HandleAsync(MailDocument command, Dispatch dispatch, HandOver handOver, CancellationToken ct)
    {
        var document = new MailedDocument(dispatch.Document, dispatch.File!.Value, dispatch.Attempts + 1, dispatch.Number, dispatch.Kind);
        return handOver.MailAsync(null, null, [new Parcel($"document:{document.File}.{document.Attempt}", dispatch.Recipient!, [document])], ct);
    }
}
