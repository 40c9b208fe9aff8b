using System.Globalization;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Runs;
using Association.Platform.Data;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Dapper;

namespace Association.Membership.Renewals.Year;

/// <summary>Every morning: from the office's day on (<see cref="DeadlineRules.DraftDay"/>) the coming year has the draft of its dues run, as soon as a regulation
/// is in force for it. A year that has a run, whoever began it, gets none.</summary>
/// <param name="Run">Of the job.</param>
/// <param name="Day">Of the run.</param>
[InternalOnly]
[MessageName("membership.draft-dues-run")]
internal sealed record DraftDuesRun(Guid Run, DateOnly Day) : ICommand
{
    public static readonly JobDeclaration Job = new(
        "membership.draft-dues-run",
        "0 30 5 * * ?",
        LateRun.Once,
        "Job.DraftDuesRun",
        typeof(RenewalTexts),
        run => new DraftDuesRun(run.Id, run.BusinessDate)
    );
}

[PlainWords(typeof(RenewalTexts), "Work.DraftDuesRun")]
internal static class DraftDuesRunHandler
{
    public static async Task<JobReport> HandleAsync(
        DraftDuesRun command,
        MembershipDb db,
        IOfficeRules rules,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var deadlines = (await rules.CurrentAsync(await db.ConnectionAsync(ct), ct)).Deadlines;
        var from = new DateOnly(command.Day.Year, deadlines.DraftMonth, deadlines.DraftDay);
        if (command.Day < from)
            return Report(command, "Draft.Before", from);
        // As a person does it, behind the same lock: whoever opens the year at this moment gets the same run.
        var start = new StartDuesRun(command.Day.Year + 1);
        var found = await StartDuesRunHandler.LoadAsync(start, db, ct);
        if (found.Regulation is null)
            return Report(command, "Draft.NoRegulation", Year(start.Year));
        if (found.Runs.Count > 0)
            return Report(command, "Draft.HasRun", Year(start.Year));
        if (!await KeepAsync(start.Year, command.Day, db, user, ct))
            return Report(command, "Draft.Discarded", Year(start.Year));
        return Report(command, "Draft.Made", $"{StartDuesRunHandler.Handle(start, found, db, user, clock)}");
    }

    // Once a year: what a person discarded does not come back the next morning.
    private static async Task<bool> KeepAsync(int year, DateOnly day, MembershipDb db, CurrentUser user, CancellationToken ct) =>
        await (await db.ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition(
                """
                insert into membership.dues_year_step as s (year, step, done_on, done_by) values (@year, @step, @day, @by)
                on conflict (year, step) do update set done_on = excluded.done_on, done_by = excluded.done_by where s.done_on is null
                """,
                new
                {
                    year,
                    step = EnumText.Of(DuesYearStep.Draft),
                    day,
                    by = user.Actor.Name,
                },
                db.Transaction,
                cancellationToken: ct
            )
        ) > 0;

    private static JobReport Report(DraftDuesRun command, string key, object value) =>
        new(command.Run, [JobFinding.Of("dues-run-draft", true, StoredText.Of<RenewalTexts>(key, StoredText.Value(value)))]);

    // A year has no thousands separator.
    private static string Year(int year) => year.ToString(CultureInfo.InvariantCulture);
}
