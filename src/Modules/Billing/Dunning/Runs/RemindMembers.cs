using Association.Billing.Data;
using Association.Billing.Dunning.Finding;
using Association.Platform.Data;
using Association.Platform.Data.LongWork;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Mail;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.EntityFrameworkCore;

namespace Association.Billing.Dunning.Runs;

/// <summary>Every working morning: submits what is to be reminded of; where the office decided to do without a second person, has it sent.</summary>
/// <param name="Run">Of the job.</param>
[MessageName("billing.remind-members"), InternalOnly]
internal sealed record RemindMembers(Guid Run) : ICommand;

/// <summary>
/// What the calendar submitted and nobody has signed yet says each morning what is due then. What a person submitted stays as she saw it, and what was refused or
/// given up is not submitted again for a week: somebody is looking into it.
/// </summary>
[PlainWords(typeof(DunningTexts), "Work.Remind")]
internal static class RemindMembersHandler
{
    private const int QuietDays = 7;

    public static async Task<OutgoingMessages> HandleAsync(
        RemindMembers command,
        BillingDb db,
        LongWorkLog log,
        IOutgoingMails mails,
        IOfficeRules rules,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        await DunningRuns.LockAsync(db, ct);
        var (now, current) = (clock.GetUtcNow(), await rules.CurrentAsync(await db.ConnectionAsync(ct), ct));
        var preview = await PreviewRemindersHandler.HandleAsync(new PreviewReminders(), db, rules, clock, ct);
        var open = await DunningRun.LockOpenAsync(db, ct);
        if (open is { State: DunningRunState.Submitted, IsByCalendar: true })
        {
            if (preview.Letters.Count > 0)
                await DunningRuns.RefreshAsync(db, open, preview, ct);
            else
            {
                open.Approval.Withdraw(user.Actor, now);
                open.GiveUp();
            }
        }
        var rests = open is null && preview.Letters.Count > 0 && await IsQuietAsync(now, db, ct);
        if (open is null && preview.Letters.Count > 0 && !rests)
            open = await DunningRuns.SubmitAsync(db, preview, needsSecond: !current.Reminders.Automatic, user.Actor, now, ct);

        OutgoingMessages messages = [];
        var (ok, detail) = (
            true,
            rests ? Say("Job.Rests")
            : open is null ? Say("Job.Nothing")
            : Say("Job.Open", open.Number)
        );
        if (open is { State: DunningRunState.Approved, IsByCalendar: true, Approval.NeedsSecond: false })
            if (await mails.HasServerAsync(ct))
            {
                messages.Add(await SendRemindersHandler.BeginAsync(open, db, log, user, ct));
                detail = Say("Job.Sent", open.Number);
            }
            else
                (ok, detail) = (false, Say("Job.NoServer", open.Number));
        messages.Add(new JobReport(command.Run, [JobFinding.Of("reminders", ok, detail)]));
        return messages;
    }

    private static StoredText Say(string key, int run) => StoredText.Of<DunningTexts>(key, StoredText.Value(run));

    private static StoredText Say(string key) => StoredText.Of<DunningTexts>(key);

    private static async Task<bool> IsQuietAsync(DateTimeOffset now, BillingDb db, CancellationToken ct) =>
        await db.Set<DunningRun>()
            .AnyAsync(r => r.State == DunningRunState.Withdrawn && r.Approval.EndedBy != null && r.Approval.EndedAt > now.AddDays(-QuietDays), ct);
}
