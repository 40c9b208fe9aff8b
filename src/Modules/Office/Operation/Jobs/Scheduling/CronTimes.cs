using System.Diagnostics.CodeAnalysis;
using Association.Platform.Data.Kernel;
using Association.Platform.Web.Modules;
using Cronos;

namespace Association.Office.Operation.Jobs.Scheduling;

/// <summary>The times that a cron expression names in Germany, as Hangfire reads it.</summary>
internal sealed class CronTimes
{
    /// <summary>A time that is reached so much later counts as missed, and the job's declaration says what happens.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Rarest = TimeSpan.FromDays(30 * 365); // a day that comes in leap years only is found, one that never comes is given up

    private readonly CronExpression _expression;

    private CronTimes(CronExpression expression) => _expression = expression;

    /// <summary>Reads a declaration that start-up accepted.</summary>
    public static CronTimes Of(string cron) => TryParse(cron, out var times, out var reason) ? times : throw new FormatException(reason);

    /// <summary>Reads an expression.</summary>
    /// <param name="cron">With seconds.</param>
    /// <param name="times">What it names.</param>
    /// <param name="reason">Why it cannot be read.</param>
    public static bool TryParse(string cron, [NotNullWhen(true)] out CronTimes? times, [NotNullWhen(false)] out string? reason)
    {
        try
        {
            (times, reason) = (new CronTimes(CronExpression.Parse(cron, CronFormat.IncludeSeconds)), null);
            return true;
        }
        catch (CronFormatException e)
        {
            (times, reason) = (null, e.Message);
            return false;
        }
    }

    /// <summary>The first time after an instant; null when there is none any more.</summary>
    public DateTimeOffset? After(DateTimeOffset instant) => _expression.GetNextOccurrence(instant, BusinessCalendar.Zone);

    /// <summary>The latest time up to an instant: what a run that comes late is meant for.</summary>
    public DateTimeOffset? UpTo(DateTimeOffset instant)
    {
        for (var back = TimeSpan.FromHours(1); back < Rarest; back *= 8)
            if (Between(instant - back, instant) is [.., var latest])
                return latest;
        return null;
    }

    /// <summary>
    /// What is to be fired at a moment at which the schedule was found due. Hangfire tells once of whatever came due since it looked last: times that are not
    /// late are runs of their own, and of late ones the declaration says whether the latest counts.
    /// </summary>
    /// <param name="now">That moment.</param>
    /// <param name="fired">The latest time that was fired before; null when none ever was.</param>
    /// <param name="late">What happens to a time that is late.</param>
    public IReadOnlyList<DateTimeOffset> Due(DateTimeOffset now, DateTimeOffset? fired, LateRun late)
    {
        if (UpTo(now) is not { } latest)
            return [];
        if (now - latest >= LateAfter)
            return late == LateRun.Skip ? [] : [latest];
        var after = fired > now - LateAfter ? fired.Value : now - LateAfter;
        return fired is not null && Between(after, now) is { Count: > 0 } missing ? missing : [latest];
    }

    private List<DateTimeOffset> Between(DateTimeOffset after, DateTimeOffset upTo) =>
        [.. _expression.GetOccurrences(after, upTo, BusinessCalendar.Zone, fromInclusive: false, toInclusive: true)];
}
