namespace Association.EndToEnd.Tests.Year;

/// <summary>A mail or a posted letter.</summary>
/// <param name="Day">On which it left.</param>
/// <param name="To">An address; of a letter the member's number.</param>
/// <param name="What">Which.</param>
internal sealed record Leaves(DateOnly Day, string To, string What);

/// <summary>What leaves in the year of <see cref="YearPlan"/>, told from the regulation and the office's rules alone; it knows nothing of the
/// product.</summary>
internal static class YearExpectation
{
    private static readonly DateOnly Due = new(2027, 2, 15);

    public static IEnumerable<Leaves> All() =>
        Enumerable.Range(1, YearPlan.Members).SelectMany(OfMember).Concat(OfApplicant()).Concat(Deadlines()).Concat(OfBoard());

    private static IEnumerable<Leaves> OfMember(int n)
    {
        var to = YearPlan.MailOf(n) ?? $"{n}";
        if (YearPlan.IsHospital(n))
            foreach (var (turn, day) in new[] { YearPlan.RoundOpened, YearPlan.RoundOpened.AddDays(21), YearPlan.RoundOpened.AddDays(42) }.Index())
                if (YearPlan.AnsweredOn(n) is not { } answered || answered > day)
                    yield return new(day, to, turn == 0 ? "declaration" : "declaration again");
        if (YearPlan.BilledOn(n) is not { } billed)
            yield break;
        yield return new(billed, to, "invoice");
        foreach (var reminder in Reminders(to, billed == YearPlan.Billed ? Due : billed.AddDays(30), LettersOf(n), n % 10 == 6))
            yield return reminder;
    }

    // In time, collected, after the first letter, after the second, after the third, never.
    private static int LettersOf(int n) =>
        (n % 10) switch
        {
            0 => YearPlan.BilledOn(n) == YearPlan.Billed ? 0 : 1,
            1 or 5 or 9 => 0,
            3 => 1,
            4 => 2,
            _ => 3,
        };

    // 14 days after the due day, then each 21 days after the letter before it, on a working day, unless stopped.
    private static IEnumerable<Leaves> Reminders(string to, DateOnly due, int letters, bool stopped)
    {
        var next = due.AddDays(14);
        for (var level = 1; level <= letters; level++)
        {
            while (!IsWorkingDay(next) || (stopped && next >= YearPlan.StoppedFrom && next <= YearPlan.StoppedUntil))
                next = next.AddDays(1);
            yield return new(next, to, $"reminder {level}");
            next = next.AddDays(21);
        }
    }

    private static IEnumerable<Leaves> OfApplicant() =>
        [
            new(YearPlan.Applied, YearPlan.Applicant, "application"),
            new(YearPlan.Accepted, YearPlan.Applicant, "welcome"),
            new(YearPlan.BilledLate, YearPlan.Applicant, "invoice"),
            .. Reminders(YearPlan.Applicant, YearPlan.BilledLate.AddDays(30), 3, stopped: false),
        ];

    // Notice until 30.09. ends the year, later the next one. What ends is asked about on the Monday on which it first lies within the office's lead time.
    private static IEnumerable<Leaves> Deadlines() =>
        [
            new(YearPlan.Leaving[11], "m11@example.org", "Ihr Austritt zum 31.12.2027"),
            new(YearPlan.Leaving[21], "m21@example.org", "Ihr Austritt zum 31.12.2028"),
            new(YearPlan.Leaving[31], "m31@example.org", "Ihr Austritt zum 31.12.2027"),
            new(YearPlan.Stays, "m31@example.org", "Sie bleiben Mitglied"),
            new(MondayFrom(new DateOnly(2026, 11, 3)), "m71@example.org", "Frist Category"),
            new(MondayFrom(new DateOnly(2027, 3, 1).AddDays(-60)), "m15@example.org", "Frist Mandate"),
            new(MondayFrom(new DateOnly(2027, 6, 30).AddDays(-60)), "m61@example.org", "Frist Function"),
            new(MondayFrom(new DateOnly(2027, 12, 31).AddDays(-90)), "m41@example.org", "Frist Reduction"),
        ];

    // The board is told on Mondays, and only when something waits for it: two dues runs, an application, and what nobody pays three weeks after the last
    // letter.
    private static IEnumerable<Leaves> OfBoard()
    {
        var cases = Due.AddDays(14 + 3 * 21);
        for (var monday = new DateOnly(2026, 11, 2); monday <= YearPlan.Last; monday = monday.AddDays(7))
            if (
                monday == YearPlan.Billed.AddDays(-2)
                || monday == YearPlan.BilledLate.AddDays(-2)
                || (monday > YearPlan.Submitted && monday < YearPlan.Accepted)
                || (monday >= cases && monday < YearPlan.CasesDecided)
            )
                yield return new(monday, "vorstand@example.org", "digest");
    }

    private static DateOnly MondayFrom(DateOnly day)
    {
        while (day.DayOfWeek != DayOfWeek.Monday)
            day = day.AddDays(1);
        return day;
    }

    private static bool IsWorkingDay(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
}
