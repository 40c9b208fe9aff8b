using Association.Billing.Dunning.Cases;
using Association.Billing.Dunning.Finding;
using Association.Billing.Dunning.Runs;
using Association.Billing.Dunning.Stops;
using Association.Billing.Receivables;
using Association.Platform.Data.Approvals;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Dunning;

/// <summary>Reminders to prepare, to agree to and to send; cases for the board; stops that end.</summary>
internal sealed class DunningTasks(IMessageBus bus, RefusalRows refusals, TimeProvider clock, IStringLocalizer<DunningTexts> texts) : ITodayTask
{
    /// <summary>A stop that ends within so many days is shown.</summary>
    private const int DaysAhead = 7;

    public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.May(BillingModule.ReadLedger))
            return [];
        var rows = new List<TodayRow>();
        var newest = await bus.QueryAsync(new ListDunningRuns(1), ct) is [var last] ? last : null;
        rows.AddRange(newest is null ? [] : OfRun(newest, actor));
        if (
            actor.May(BillingModule.PrepareReminders)
            && newest is not { Run.State: DunningRunState.Submitted or DunningRunState.Approved or DunningRunState.Sending }
        )
        {
            var preview = await bus.QueryAsync(new PreviewReminders(), ct);
            if (preview.Letters.Count > 0)
                rows.Add(Row("Today.Due", [new Count(preview.Letters.Count)], LevelsOf(preview), DunningUrl.Start, "Today.DueAction", Urgency.Soon));
        }
        if (actor.May(BillingModule.DecideCases) && await bus.QueryAsync(new ListBoardCases(), ct) is { Count: > 0 } cases)
            rows.Add(
                Row(
                    "Today.Cases",
                    [new Count(cases.Count)],
                    Formats.Of(Money.Sum(cases.Select(c => c.Open))),
                    DunningUrl.Cases,
                    "Today.CasesAction",
                    Urgency.Soon
                )
            );
        if (actor.May(BillingModule.StopReminders))
        {
            var ahead = clock.Today().AddDays(DaysAhead);
            foreach (var stop in (await bus.QueryAsync(new ListDunningStops(), ct)).Where(s => s.Until <= ahead))
                rows.Add(
                    Row(
                        "Today.StopEnds",
                        [stop.Name],
                        texts["Today.StopDetail", texts["Stop." + stop.Reason], Formats.Of(stop.Until!.Value)],
                        DunningUrl.Stops + $"?stop={stop.Id}",
                        "Today.StopAction",
                        Urgency.Sometime
                    )
                );
        }
        return rows;
    }

    private IEnumerable<TodayRow> OfRun(DunningRunSummary found, Actor actor)
    {
        var run = found.Run;
        var (href, detail) = (DunningUrl.Run(run.Number), texts["Today.Detail", new Count(found.Accounts), Formats.Of(found.Open)].Value);
        if (run.Approval.State == ApprovalState.Refused && actor.May(BillingModule.PrepareReminders))
            yield return refusals.Of(texts["Today.Group"], texts["Run.Title", run.Number], run.Approval, href);
        if (run.State == DunningRunState.Submitted && actor.May(BillingModule.ApproveReminders) && run.Approval.WaitsFor(actor))
            yield return Row("Today.Approve", [run.Number], detail, href, "Today.ApproveAction", Urgency.Now);
        if (run.State == DunningRunState.Approved && actor.May(BillingModule.PrepareReminders))
            yield return Row("Today.Send", [run.Number], detail, href, "Today.SendAction", Urgency.Now);
    }

    private string LevelsOf(ReminderPreview preview) =>
        string.Join(
            ", ",
            Enum.GetValues<DunningLevel>().Where(l => preview.Count(l) > 0).Select(l => texts["Run.Level." + l, new Count(preview.Count(l))].Value.TrimEnd('.'))
        );

    private TodayRow Row(string text, object[] values, string detail, string href, string action, Urgency urgency) =>
        new(texts["Today.Group"], texts[text, values], detail, href, texts[action], urgency);
}
