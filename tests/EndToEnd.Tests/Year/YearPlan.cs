namespace Association.EndToEnd.Tests.Year;

/// <summary>
/// Who does what when in the year that is lived. What a member does follows from its number: the last digit says how it pays, of the hospitals (every tenth)
/// the tens say how they answer.
/// </summary>
internal static class YearPlan
{
    public const int Members = 300;
    public const string Applicant = "praxis.neu@example.org";

    public static readonly DateOnly First = new(2026, 11, 1);
    public static readonly DateOnly Last = new(2027, 10, 31);

    public static readonly DateOnly RoundOpened = new(2026, 11, 2);
    public static readonly DateOnly Billed = new(2027, 1, 13);
    public static readonly DateOnly BilledLate = new(2027, 3, 17);
    public static readonly DateOnly StoppedFrom = new(2027, 3, 10);
    public static readonly DateOnly StoppedUntil = new(2027, 5, 15);
    public static readonly DateOnly Applied = new(2027, 2, 10);
    public static readonly DateOnly Submitted = new(2027, 2, 12);
    public static readonly DateOnly Accepted = new(2027, 2, 16);
    public static readonly DateOnly CasesDecided = new(2027, 7, 6);

    /// <summary>Whose notice comes when.</summary>
    public static readonly IReadOnlyDictionary<int, DateOnly> Leaving = new Dictionary<int, DateOnly>
    {
        [11] = new(2027, 5, 10),
        [21] = new(2027, 10, 5),
        [31] = new(2027, 6, 1),
    };

    /// <summary>When member 31 thinks better of it.</summary>
    public static readonly DateOnly Stays = new(2027, 6, 10);

    /// <summary>Where a member's mail goes; null when it has no address.</summary>
    public static string? MailOf(int n) => n % 10 == 7 || n % 60 == 0 ? null : $"m{n}@example.org";

    public static bool IsHospital(int n) => n % 10 == 0;

    /// <summary>When a hospital answers; null: never.</summary>
    public static DateOnly? AnsweredOn(int n) =>
        (n / 10 % 5) switch
        {
            1 => new(2026, 11, 5),
            2 => new(2026, 12, 1),
            3 => new(2026, 12, 10),
            4 => new(2027, 1, 20),
            _ => null,
        };

    /// <summary>When a member is billed; null: never.</summary>
    public static DateOnly? BilledOn(int n) =>
        !IsHospital(n) || AnsweredOn(n) < Billed ? Billed
        : AnsweredOn(n) is null ? null
        : BilledLate;

    /// <summary>All members whose number ends in a digit.</summary>
    public static IEnumerable<int> Of(int digit) => Enumerable.Range(1, Members).Where(n => n % 10 == digit);
}
