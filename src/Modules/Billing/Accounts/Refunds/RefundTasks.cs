using Association.Billing.Contracts;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Accounts.Refunds;

/// <summary>Refunds that wait for a second person.</summary>
internal sealed class RefundTasks(IMessageBus bus, IStringLocalizer<RefundTexts> texts) : ITodayTask
{
    public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.May(BillingModule.ApproveRefunds) || !actor.May(BillingModule.ReadLedger))
            return [];
        var waiting = await bus.QueryAsync(new ListRefundRequests(), ct);
        return
        [
            .. waiting
                .Where(r => r.RequestedBy != actor.Id)
                .Select(r => new TodayRow(
                    texts["Today.Group"],
                    texts["Today.Title", r.MemberName],
                    texts["Today.Detail", Formats.Of(r.Amount), r.RequestedByName],
                    BillingPages.Account(r.MemberNumber, "refund"),
                    texts["Today.Action"],
                    Urgency.Now
                )),
        ];
    }
}
