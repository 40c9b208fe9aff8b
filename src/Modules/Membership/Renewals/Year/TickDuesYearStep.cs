using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Renewals.Year;

/// <summary>Ticks a step of a dues year, or takes the tick back. What the books know nobody ticks.</summary>
[Permission(DuesFeature.Prepare)]
internal sealed record TickDuesYearStep(int Year, DuesYearStep Step, bool Done = true) : ICommand;

/// <summary>Says who takes which step of a dues year; steps that are not named stay as they are.</summary>
[Permission(DuesFeature.Prepare)]
internal sealed record AssignDuesYearSteps(int Year, IReadOnlyList<StepAssignment> Steps) : ICommand;

/// <param name="Step">Which.</param>
/// <param name="Person">Who works here; null for nobody.</param>
internal sealed record StepAssignment(DuesYearStep Step, Guid? Person);

internal static class TickDuesYearStepHandler
{
    public static Task<DuesYear?> LoadAsync(TickDuesYearStep command, DuesYears years, CancellationToken ct) => years.FindAsync(command.Year, ct);

    public static Problem? Validate(TickDuesYearStep command, DuesYear? year, IStringLocalizer<RenewalTexts> texts) =>
        year is null ? new Problem(nameof(command.Year), texts["Problem.NoRegulation", command.Year])
        : !YearStep.IsTicked(command.Step) ? new Problem(nameof(command.Step), texts["Problem.NotTicked", texts[$"Step.{command.Step}"].Value])
        : null;

    public static async Task HandleAsync(TickDuesYearStep command, MembershipDb db, CurrentUser user, TimeProvider clock, CancellationToken ct) =>
        await (await db.ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition(
                """
                insert into membership.dues_year_step (year, step, done_on, done_by) values (@Year, @step, @on, @by)
                on conflict (year, step) do update set done_on = excluded.done_on, done_by = excluded.done_by
                """,
                new
                {
                    command.Year,
                    step = EnumText.Of(command.Step),
                    on = command.Done ? clock.Today() : (DateOnly?)null,
                    by = command.Done ? user.Actor.Name : null,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
}

internal static class AssignDuesYearStepsHandler
{
    public static async Task<(DuesYear?, IReadOnlyList<ColleagueName>)> LoadAsync(
        AssignDuesYearSteps command,
        DuesYears years,
        IEnumerable<IColleagues> offices,
        CancellationToken ct
    ) => (await years.FindAsync(command.Year, ct), await YearColleagues.ListAsync(offices, ct));

    public static IEnumerable<Problem> Validate(
        AssignDuesYearSteps command,
        DuesYear? year,
        IReadOnlyList<ColleagueName> people,
        IStringLocalizer<RenewalTexts> texts
    )
    {
        if (year is null)
            yield return new(nameof(command.Year), texts["Problem.NoRegulation", command.Year]);
        foreach (var wish in command.Steps.Where(s => s.Person is { } id && people.All(p => p.Id != id)))
            yield return new(wish.Step.ToString(), texts["Problem.PersonGone"]);
    }

    public static async Task HandleAsync(AssignDuesYearSteps command, MembershipDb db, IReadOnlyList<ColleagueName> people, CancellationToken ct)
    {
        var steps = command.Steps.DistinctBy(s => s.Step).ToList();
        await (await db.ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition(
                """
                insert into membership.dues_year_step as s (year, step, assigned_to, assigned_name)
                  select @Year, x.step, x.person, x.name from unnest(@steps, @people, @names) as x (step, person, name)
                on conflict (year, step) do update set assigned_to = excluded.assigned_to, assigned_name = excluded.assigned_name
                  where s.assigned_to is distinct from excluded.assigned_to
                """,
                new
                {
                    command.Year,
                    steps = steps.Select(s => EnumText.Of(s.Step)).ToArray(),
                    people = steps.Select(s => s.Person).ToArray(),
                    names = steps.Select(s => people.FirstOrDefault(p => p.Id == s.Person)?.Name).ToArray(),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
    }
}

internal static class YearColleagues
{
    /// <summary>Who works here, by name, as the module that knows them says.</summary>
    public static async Task<IReadOnlyList<ColleagueName>> ListAsync(IEnumerable<IColleagues> offices, CancellationToken ct)
    {
        var people = new List<ColleagueName>();
        foreach (var office in offices)
            people.AddRange(await office.ListAsync(ct));
        return people;
    }
}

/// <summary>Who may take a step.</summary>
[Permission(DuesFeature.Prepare)]
internal sealed record ListYearColleagues : IQuery<IReadOnlyList<ColleagueName>>;

internal static class ListYearColleaguesHandler
{
    public static Task<IReadOnlyList<ColleagueName>> HandleAsync(ListYearColleagues _, IEnumerable<IColleagues> offices, CancellationToken ct) =>
        YearColleagues.ListAsync(offices, ct);
}
