using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Regulation;
using Association.Membership.Dues.Runs;
using Association.Platform.Data.Approvals;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Agenda;

/// <summary>What the dues year asks for: prepare, approve, release, go on, charge who was left, ask for missing values.</summary>
internal sealed class DuesTasks(IMessageBus bus, RefusalRows refusals, IStringLocalizer<DuesTexts> texts) : ITodayTask
{
    public async Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.May(DuesFeature.Read))
            return [];
        var due = await bus.QueryAsync(new ReadDuesAgenda(), ct);
        var rows = new List<TodayRow>();
        foreach (var run in due.Open)
            rows.AddRange(OfRun(run, actor));
        foreach (var year in due.Years)
            rows.AddRange(OfYear(year, actor));
        return rows;
    }

    private IEnumerable<TodayRow> OfRun(OpenRun run, Actor actor)
    {
        var href = MembershipPages.Run(run.Code);
        var detail = run.Charges == 0 ? "" : texts["Today.Detail", Formats.Number(run.Charges), Formats.Of(run.Total)].Value;
        if (run.Approval.State == ApprovalState.Refused && actor.May(DuesFeature.Prepare))
            yield return refusals.Of(texts["Today.Group"], texts["Today.Subject", run.Code], run.Approval, href);
        else if (run.State == DuesRunState.Draft && actor.May(DuesFeature.Prepare))
            yield return Row("Today.Draft", run.Code, texts["Today.DraftDetail"], href, "Today.DraftAction", Urgency.Soon);
        if (actor.May(DuesFeature.Approve) && run.Approval.WaitsFor(actor))
            yield return Row("Today.Approve", run.Code, detail, href, "Today.ApproveAction", Urgency.Now);
        if (run.State == DuesRunState.Approved && actor.May(DuesFeature.Execute))
            yield return Row("Today.Execute", run.Code, detail, href, "Today.ExecuteAction", Urgency.Now);
        if (run is { State: DuesRunState.Executing, Stalled: true } && actor.May(DuesFeature.Execute))
            yield return Row("Today.Stalled", run.Code, detail, href, "Today.StalledAction", Urgency.Now);
    }

    private IEnumerable<TodayRow> OfYear(DuesYear year, Actor actor)
    {
        if (!actor.May(DuesFeature.Prepare))
            yield break;
        if (!year.Began && year.Chargeable > 0)
            yield return new TodayRow(
                texts["Today.Group"],
                texts["Today.Prepare", year.Year],
                texts["Today.PrepareDetail", Formats.Number(year.Chargeable)],
                Start(year, "prepare"),
                texts["Today.PrepareAction"],
                Urgency.Soon
            );
        if (year is { Began: true, Open: false, Newcomers: > 0 })
            yield return new TodayRow(
                texts["Today.Group"],
                year.Newcomer is { } name ? texts["Today.Newcomer", name] : texts["Today.Newcomers", new Count(year.Newcomers)],
                texts["Today.NewcomerDetail", year.Year],
                Start(year, "new"),
                texts["Today.LeftAction"],
                Urgency.Soon
            );
        if (year is { Began: true, Open: false, Chargeable: > 0 })
            yield return new TodayRow(
                texts["Today.Group"],
                texts["Today.Left", new Count(year.Chargeable), year.Year],
                texts["Today.LeftDetail"],
                Start(year, "left"),
                texts["Today.LeftAction"],
                Urgency.Soon
            );
        if (year.Missing > 0)
            yield return new TodayRow(
                texts["Today.Group"],
                texts["Today.Missing", new Count(year.Missing), year.Year],
                texts["Today.MissingDetail"],
                year.Run is { } code ? $"{MembershipPages.Dues}/{code}#missing" : Start(year, "missing"),
                texts["Today.MissingAction"],
                Urgency.Soon
            );
    }

    // The form that prepares a run of the year; the word tells the tasks of a year apart.
    private static string Start(DuesYear year, string why) => $"{MembershipPages.Dues}?year={year.Year}&for={why}#start";

    private TodayRow Row(string text, string code, string detail, string href, string action, Urgency urgency) =>
        new(texts["Today.Group"], texts[text, code], detail, href, texts[action], urgency);
}

/// <summary>What the dues year asks for.</summary>
[Permission(DuesFeature.Read)]
internal sealed record ReadDuesAgenda : IQuery<DuesAgenda>;

/// <summary>The answer.</summary>
internal sealed record DuesAgenda(IReadOnlyList<OpenRun> Open, IReadOnlyList<DuesYear> Years);

/// <summary>A run that is not yet executed.</summary>
internal sealed record OpenRun(string Code, DuesRunState State, Approval Approval, int Charges, Money Total, bool Stalled);

/// <summary>A dues year: this one, and from November on the next.</summary>
/// <param name="Year">Dues year.</param>
/// <param name="Began">There is a run.</param>
/// <param name="Open">One is being worked on.</param>
/// <param name="Chargeable">Members a run would charge now, newcomers aside once one began.</param>
/// <param name="Newcomers">Members who joined in the year and are not charged.</param>
/// <param name="Newcomer">The name, when it is one.</param>
/// <param name="Missing">Members whose value is missing.</param>
/// <param name="Run">Code of the last run.</param>
internal sealed record DuesYear(int Year, bool Began, bool Open, int Chargeable, int Newcomers, string? Newcomer, int Missing, string? Run);

internal static class ReadDuesAgendaHandler
{
    private const int PreparationMonth = 11;

    public static async Task<DuesAgenda> HandleAsync(ReadDuesAgenda query, MembershipDb db, TimeProvider clock, CancellationToken ct)
    {
        var today = clock.Today();
        var open = new List<OpenRun>();
        foreach (var run in await db.Set<DuesRun>().AsNoTracking().Where(r => r.State != DuesRunState.Executed).OrderBy(r => r.Year).ToListAsync(ct))
            open.Add(new OpenRun(run.Code, run.State, run.Approval, run.Charges, run.Total, await RunProgress.StalledAsync(db, run, clock.GetUtcNow(), ct)));

        var years = new List<DuesYear>();
        foreach (var year in today.Month >= PreparationMonth ? new[] { today.Year, today.Year + 1 } : [today.Year])
        {
            if (await Regulations.ValidInAsync(db, year, ct) is not { } regulation)
                continue;
            var runs = await DuesRuns.OfYearAsync(db, year, ct);
            var summary = await PreviewDuesRunHandler.SummariseAsync(db, regulation, year, null, ct);
            var newcomers = runs.Count > 0 ? summary.Newcomers : [];
            years.Add(
                new DuesYear(
                    year,
                    runs.Count > 0,
                    runs.Any(r => r.State != DuesRunState.Executed),
                    summary.Charges - newcomers.Count,
                    newcomers.Count,
                    newcomers is [var one] ? one.Name : null,
                    summary.Missing.Count,
                    runs.FirstOrDefault()?.Code
                )
            );
        }
        return new DuesAgenda(open, years);
    }
}
