namespace Association.Platform.Data.Settings;

/// <summary>When the office is asked about what ends, in days before it does, and when the dues run of the coming year is drafted.</summary>
/// <param name="DraftDay">Day of the month; with <paramref name="DraftMonth"/> the day from which the coming year has its draft.</param>
/// <param name="DraftMonth">1 to 12.</param>
/// <param name="ExitDays">A membership ends.</param>
/// <param name="CategoryDays">A member changes to another category.</param>
/// <param name="ReductionDays">A reduction has its last day.</param>
/// <param name="MandateDays">A mandate expires.</param>
/// <param name="FunctionDays">Somebody's function ends.</param>
public sealed record DeadlineRules(
    int DraftDay = 1,
    int DraftMonth = 11,
    int ExitDays = 30,
    int CategoryDays = 60,
    int ReductionDays = 90,
    int MandateDays = 60,
    int FunctionDays = 60
)
{
    /// <summary>At most so many days before.</summary>
    public const int MostDays = 365;
}
