using Association.Billing.Contracts;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Invoices.Cancelling;

/// <summary>Cancellations that wait for a second person.</summary>
internal sealed class CancellationTasks(IMessageBus bus, IStringLocalizer<CancellingTexts> texts) : ITodayTask
{
    public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.May(BillingModule.ApproveCancellation))
            return [];
        var waiting = await bus.QueryAsync(new ListCancellationRequests(), ct);
        return
        [
            .. waiting
                .Where(r => r.RequestedBy != actor.Id)
                .Select(r => new TodayRow(
                    texts["Today.Group"],
                    texts["Today.Title", r.Number],
                    texts["Today.Detail", r.MemberName, Formats.Of(r.Amount), r.RequestedByName],
                    BillingPages.Invoice(r.Number, "cancel"),
                    texts["Today.Action"],
                    Urgency.Now
                )),
        ];
    }
}
