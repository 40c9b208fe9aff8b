using System.Diagnostics.CodeAnalysis;
using Association.Platform.Data.Kernel;
using Quartz;

namespace Association.Office.Operation.Jobs.Scheduling;

/// <summary>The times that a cron expression names in Germany, as Quartz reads it.</summary>
internal sealed class CronTimes
{
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
            (times, reason) = (new CronTimes(new CronExpression(cron, BusinessCalendar.Zone)), null);
            return true;
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            (times, reason) = (null, e.Message);
            return false;
        }
    }

    /// <summary>The first time after an instant; null when there is none any more.</summary>
    public DateTimeOffset? After(DateTimeOffset instant) => _expression.GetNextValidTimeAfter(instant);

    /// <summary>The latest time up to an instant: what a run that comes late is meant for.</summary>
    public DateTimeOffset? UpTo(DateTimeOffset instant) => _expression.GetPreviousValidTimeBefore(instant.AddTicks(1));
}
