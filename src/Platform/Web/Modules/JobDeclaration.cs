using Association.Platform.Data;
using Association.Platform.Messaging;

namespace Association.Platform.Web.Modules;

/// <summary>Scheduled work: a cron expression and a message. The schedule fires, the bus delivers, a handler works.</summary>
/// <param name="Name">Stable, module first: <c>billing.remind-debtors</c>. A job that changes its name is a new job without history and pause.</param>
/// <param name="Cron">
/// Six fields, seconds first, days of the week from 0 (Sunday), in German wall-clock time: <c>0 30 2 * * ?</c> is every night at half past two. On the day on
/// which that time does not exist it fires at the end of the missing hour; on the day that has it twice, once.
/// </param>
/// <param name="Late">What happens to a time at which no host ran.</param>
/// <param name="TitleKey">Key of its title in <paramref name="Texts"/>; the same key with <c>.About</c> holds one sentence on what it does.</param>
/// <param name="Texts">The module's text marker class, for <c>IStringLocalizer</c>.</param>
/// <param name="Message">Makes the message of a run; it needs a handler, and is stored in the name of the system.</param>
public sealed record JobDeclaration(string Name, string Cron, LateRun Late, string TitleKey, Type Texts, Func<JobRun, object> Message)
{
    /// <summary>Key of the sentence on what the job does.</summary>
    public string AboutKey => TitleKey + ".About";
}

/// <summary>One run of a job.</summary>
/// <param name="Id">Made of the job's name and its time: a run that is fired a second time, after a crash, has the same id.</param>
/// <param name="FireTime">The time it is meant for, which may lie a while back; for a run by hand, the moment when somebody asked for it.</param>
/// <param name="BusinessDate">The business date of <paramref name="FireTime"/>.</param>
public sealed record JobRun(Guid Id, DateTimeOffset FireTime, DateOnly BusinessDate);

/// <summary>What happens to a time at which no host ran.</summary>
public enum LateRun
{
    /// <summary>As soon as a host runs again, once, for the latest of the missed times. For what must not be left out: dues, reminders, checks.</summary>
    Once,

    /// <summary>Never; the next regular time is the next run. For what only makes sense at its time.</summary>
    Skip,
}

/// <summary>
/// What a run found out. A job's handler returns it beside its other messages, when there is more to say than that it ended: it stands on the page
/// <em>Aufträge</em>, and a finding that is not as it should be stands on <em>Heute</em>. Such a run has done its work; it is not retried.
/// </summary>
/// <param name="Run">The <see cref="JobRun.Id"/>.</param>
/// <param name="Findings">In the order in which they are shown.</param>
[MessageName("operation.job-report")]
public sealed record JobReport(Guid Run, IReadOnlyList<JobFinding> Findings);

/// <summary>One thing that a run looked at.</summary>
/// <param name="Subject">Stable name: <c>ledger-balances</c>.</param>
/// <param name="Ok">Whether it is as it should be.</param>
/// <param name="Detail">What was counted, or what is wrong: a <see cref="StoredText"/>, said in the reader's language, or an English sentence of a check. No
/// personal data.</param>
public sealed record JobFinding(string Subject, bool Ok, string Detail)
{
    /// <summary>A finding that everybody reads in her own language.</summary>
    public static JobFinding Of(string subject, bool ok, StoredText detail)
    {
        ArgumentNullException.ThrowIfNull(detail);
        return new JobFinding(subject, ok, detail.ToString());
    }
}

/// <summary>A module declares jobs that could never run; the office does not open.</summary>
/// <param name="findings">Sentences that name the job.</param>
public sealed class JobDeclarationException(IReadOnlyList<string> findings)
    : Exception($"The jobs that the modules declare do not fit:{string.Concat(findings.Select(f => $"{Environment.NewLine}* {f}"))}");
