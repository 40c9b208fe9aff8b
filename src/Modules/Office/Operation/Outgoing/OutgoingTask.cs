using Association.Office.Settings;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Mail;
using Association.Platform.Mail.Operation;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Office.Operation.Outgoing;

/// <summary>Mails that did not arrive, those of which nobody knows, and those that wait for longer than they should.</summary>
internal sealed class OutgoingTask(IMessageBus bus, IStringLocalizer<OutgoingTexts> texts) : ITodayTask
{
    public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.May(MailPermissions.Read))
            return [];
        var counts = await bus.QueryAsync(new CountMails(), ct);
        var waiting = counts.Of(MailState.Waiting);
        return
        [
            .. Row(counts.Undeliverable, "Today.Undeliverable", OutgoingUrl.Undeliverable, Urgency.Now),
            .. Row(counts.Of(MailState.Unknown), "Today.Unknown", OutgoingUrl.In(MailState.Unknown), Urgency.Now),
            .. counts.HasServer
                ? Row(counts.Stuck, "Today.Stuck", OutgoingUrl.In(MailState.Waiting), Urgency.Soon)
                : Row(waiting, "Today.NoServer", actor.May(SettingsModule.Edit) ? SettingsUrl.Mail : OutgoingUrl.In(MailState.Waiting), Urgency.Soon),
        ];
    }

    private IEnumerable<TodayRow> Row(int count, string key, string href, Urgency urgency) =>
        count == 0 ? [] : [new TodayRow(texts["Today.Group"], texts[key, new Count(count)], texts[key + "Detail"], href, texts["Today.Look"], urgency)];
}
