using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Sending;

/// <summary>Documents that still have to leave, by the same count as the pages that send them.</summary>
internal sealed class SendingTasks(IMessageBus bus, IStringLocalizer<SendingTexts> texts, IStringLocalizer<BillingTexts> billing) : ITodayTask
{
    public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.May(BillingModule.Send))
            return [];
        var waiting = await bus.QueryAsync(new CountWaiting(), ct);
        var (byMail, onPaper) = (Formats.Number(waiting.ByMail), Formats.Number(waiting.OnPaper));
        var rows = new List<TodayRow>();
        if (waiting.Documents > 0)
            rows.Add(
                new TodayRow(
                    billing["Menu.Finance"],
                    texts[waiting.Letters > 0 ? "Today.WaitingAll" : "Today.Waiting", new Count(waiting.Documents)],
                    waiting.Failed > 0
                        ? texts["Today.WaitingFailed", byMail, onPaper, Formats.Number(waiting.Failed)]
                        : texts["Today.WaitingDetail", byMail, onPaper],
                    SendingUrl.Start,
                    texts["Today.WaitingAction"],
                    waiting.Failed > 0 ? Urgency.Now : Urgency.Soon
                )
            );
        if (waiting.Unreached > 0)
            rows.Add(
                new TodayRow(
                    billing["Menu.Finance"],
                    texts[waiting.Letters > 0 ? "Today.UnreachedAll" : "Today.Unreached", new Count(waiting.Unreached)],
                    texts["Today.UnreachedDetail"],
                    SendingUrl.Start + "#unreached",
                    texts["Today.UnreachedAction"],
                    Urgency.Soon
                )
            );
        return rows;
    }
}
