using Association.Office.Settings.Overview;
using Association.Office.Settings.Profile;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Office.Settings;

/// <summary>A new account that waits for a second person, or that one refused; and the association's own data, until somebody said that they are
/// right.</summary>
internal sealed class SettingsTask(IMessageBus bus, RefusalRows refusals, IStringLocalizer<SettingsTexts> texts) : ITodayTask
{
    public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.May(SettingsModule.Edit) && !actor.May(SettingsModule.ConfirmBankDetails) && !actor.May(SettingsModule.ProposeBankDetails))
            return [];
        var settings = await bus.QueryAsync(new ReadSettings(), ct);
        var rows = new List<TodayRow>();
        if (settings.OpenProposal is { } open && actor.May(SettingsModule.ConfirmBankDetails) && open.Approval.WaitsFor(actor))
            rows.Add(
                Row(
                    texts["Today.Account"],
                    texts["Today.AccountDetail", open.ProposedBy, Formats.Iban(open.Iban)],
                    SettingsUrl.Accounts,
                    texts["Today.Look"],
                    Urgency.Now
                )
            );
        if (actor.May(SettingsModule.ProposeBankDetails) && settings.RefusedSince(refusals.Since) is { } refused)
            rows.Add(refusals.Of(texts["Today.Group"], texts["Today.AccountSubject", Formats.Iban(refused.Iban)], refused.Approval, SettingsUrl.Accounts));
        if (!settings.Reviewed && actor.May(SettingsModule.Edit))
        {
            var missing = AssociationData.Missing(settings.Profile).Select(f => texts["Field." + f].Value).ToList();
            rows.Add(
                Row(
                    texts["Today.Review"],
                    missing.Count > 0 ? texts["Today.ReviewMissing", string.Join(", ", missing)] : texts["Today.ReviewDetail"],
                    SettingsUrl.Overview,
                    texts["Today.Look"],
                    missing.Count > 0 ? Urgency.Now : Urgency.Soon
                )
            );
        }
        return rows;
    }

    private TodayRow Row(string text, string detail, string href, string action, Urgency urgency) =>
        new(texts["Today.Group"], text, detail, href, action, urgency);
}
