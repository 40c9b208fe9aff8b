using Association.Membership.Contracts;
using Association.Platform.Data.Settings;

namespace Association.Membership.Renewals.Year;

/// <summary>Until when each step of a dues year has to be done, counted back from the day on which dues fall due.</summary>
internal static class DuesYearDates
{
    /// <summary>In the order of the days.</summary>
    /// <param name="year">The dues year.</param>
    /// <param name="due">The regulation's due date in it.</param>
    /// <param name="daysAfterIssue">What the regulation leaves between a document's issue and its due date; later issued documents move the due date.</param>
    /// <param name="office">From when on the run is drafted, and when who did not pay is reminded.</param>
    public static IReadOnlyList<(DuesYearStep Step, DateOnly Day)> Of(int year, DateOnly due, int daysAfterIssue, OfficeRules office)
    {
        var rules = office.Deadlines;
        var issue = due.AddDays(-daysAfterIssue);
        var wished = new DateOnly(year - 1, rules.DraftMonth, rules.DraftDay);
        var draft = wished < issue.AddDays(-21) ? wished : issue.AddDays(-21);
        (DuesYearStep Step, DateOnly Day)[] steps =
        [
            (DuesYearStep.Regulation, draft.AddDays(-7)),
            (DuesYearStep.Draft, draft),
            (DuesYearStep.DeclarationsAsked, issue.AddDays(-62)),
            (DuesYearStep.DeclarationsAnswered, issue.AddDays(-28)),
            (DuesYearStep.Values, issue.AddDays(-14)),
            (DuesYearStep.Approval, issue.AddDays(-4)),
            (DuesYearStep.Execution, issue),
            (DuesYearStep.Sending, issue.AddDays(3)),
            (DuesYearStep.PreNotification, due.AddDays(-14)), // what the SEPA scheme asks unless a shorter time was agreed on
            (DuesYearStep.Reminders, due.AddDays(office.Reminders.ReminderAfterDays)),
            (DuesYearStep.Closing, new DateOnly(year, 12, 31)),
        ];
        return [.. steps.OrderBy(s => s.Day).ThenBy(s => s.Step)];
    }
}
