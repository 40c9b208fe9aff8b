using Association.Platform.Data.Kernel;

namespace Association.Membership.Dues.Regulation;

/// <summary>A version of the dues regulation (Beitragsordnung) with the resolution behind it.</summary>
/// <param name="Id">Stable.</param>
/// <param name="ValidFrom">First day of validity.</param>
/// <param name="ValidTo">Last day; null while nothing newer replaced it.</param>
/// <param name="Resolution">Who decided it, when, and in which words; <see cref="Regulation.Resolution.None"/> in a draft that waits for it.</param>
/// <param name="Due">When the annual dues are due.</param>
/// <param name="Paragraphs">How the regulation numbers what the calculation names.</param>
/// <param name="ProRataByMonths">Whether who joins in the year owes only the months from the month of joining on.</param>
/// <param name="Rules">One per category.</param>
/// <param name="Number">What people call it: Fassung 3; 0 before it is kept.</param>
internal sealed record DuesRegulation(
    DuesRegulationId Id,
    DateOnly ValidFrom,
    DateOnly? ValidTo,
    Resolution Resolution,
    DueRule Due,
    Paragraphs Paragraphs,
    bool ProRataByMonths,
    IReadOnlyList<DuesRule> Rules,
    int Number = 0
)
{
    /// <summary>The day to which values must refer: 31.12. of the year before.</summary>
    public static DateOnly ReferenceDate(int year) => new(year - 1, 12, 31);

    /// <summary>The rule of a category; null when the regulation knows none.</summary>
    public DuesRule? RuleOf(string category) => Rules.FirstOrDefault(r => r.Category == category);
}

/// <summary>A version of the dues regulation.</summary>
internal readonly record struct DuesRegulationId(Guid Value) : IEntityId<DuesRegulationId>
{
    public static DuesRegulationId From(Guid value) => new(value);

    public static DuesRegulationId New() => EntityIds.New<DuesRegulationId>();
}

/// <summary>A decision of the association.</summary>
/// <param name="Body">„Mitgliederversammlung“.</param>
/// <param name="On">Day of the decision.</param>
/// <param name="Text">Its words, or where they stand.</param>
internal sealed record Resolution(string Body, DateOnly On, string Text)
{
    /// <summary>Of a draft about which nobody decided yet.</summary>
    public static readonly Resolution None = new("", default, "");
}

/// <summary>The day on which annual dues are due, and how many days a document issued later leaves.</summary>
internal sealed record DueRule(int Month, int Day, int DaysAfterIssue)
{
    public DateOnly In(int year) => new(year, Month, Day);
}

/// <summary>The paragraphs that a calculation names, in their regulation's own numbering: „§ 2“.</summary>
/// <param name="Due">Year and due date.</param>
/// <param name="Amount">The yearly amount.</param>
/// <param name="ProRata">Entry in the course of the year.</param>
/// <param name="Leaving">Exit: the year of exit is owed in full.</param>
/// <param name="Reduction">Reduction by resolution.</param>
internal sealed record Paragraphs(string Due, string Amount, string ProRata, string Leaving, string Reduction);
