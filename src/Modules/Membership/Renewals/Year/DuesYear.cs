using Association.Membership.Contracts;
using Association.Platform.Web.Components;

namespace Association.Membership.Renewals.Year;

/// <summary>A dues year as a checklist.</summary>
/// <param name="Year">Which.</param>
/// <param name="Due">The day on which dues fall due.</param>
/// <param name="Run">Code of the year's first run; null while there is none.</param>
/// <param name="Steps">In the order of their days.</param>
internal sealed record DuesYear(int Year, DateOnly Due, string? Run, IReadOnlyList<YearStep> Steps)
{
    /// <summary>What nobody did although its day is over. What came after it may be done all the same; then nobody is bothered about it any more.</summary>
    public IReadOnlyList<YearStep> Overdue(DateOnly today) =>
        [.. Steps.Where((step, place) => !step.IsDone && step.Day < today && Steps.Skip(place + 1).All(later => !later.IsDone))];

    /// <summary>The step that comes next; null when all is done.</summary>
    public YearStep? Next => Steps.FirstOrDefault(s => !s.IsDone);

    /// <summary>Behind, next or ahead.</summary>
    public StepState StateOf(YearStep step) =>
        step.IsDone ? StepState.Done
        : step == Next ? StepState.Current
        : StepState.Ahead;
}

/// <summary>A step of it.</summary>
/// <param name="Step">Which.</param>
/// <param name="Day">Until when.</param>
/// <param name="IsDone">By what the books know, or by a tick.</param>
/// <param name="DoneOn">When; null while it is not done, or when nobody knows.</param>
/// <param name="DoneBy">Who ticked it; null when the books know.</param>
/// <param name="Left">How many members or documents are left; null when that is not counted.</param>
/// <param name="AssignedTo">Who takes it; null for nobody.</param>
/// <param name="AssignedName">The same by name.</param>
internal sealed record YearStep(
    DuesYearStep Step,
    DateOnly Day,
    bool IsDone,
    DateOnly? DoneOn,
    string? DoneBy,
    int? Left,
    Guid? AssignedTo,
    string? AssignedName
)
{
    /// <summary>Steps of which the books know for certain; nobody ticks them.</summary>
    private static readonly DuesYearStep[] OfTheBooks = [DuesYearStep.Draft, DuesYearStep.Approval, DuesYearStep.Execution];

    /// <summary>Whether a person may tick it.</summary>
    public static bool IsTicked(DuesYearStep step) => !OfTheBooks.Contains(step);
}
