using Association.Platform.Data.Users;
using Association.Platform.Web.Components;

namespace Association.Platform.Web.Modules;

/// <summary>
/// Marks an interface as a contribution point: every class of a module that implements it, internal ones included, is found by
/// scanning and registered, so that modules compose without knowing each other.
/// </summary>
[AttributeUsage(AttributeTargets.Interface, Inherited = false)]
public sealed class ContributionAttribute : Attribute;

/// <summary>What is due on the page <em>Heute</em>. A module registers implementations by having them; they are found by scanning.</summary>
[Contribution]
public interface ITodayTask
{
    /// <summary>The rows that this actor can do something about, already in the actor's language.</summary>
    Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct);
}

/// <summary>One line of <em>Heute</em>.</summary>
/// <param name="Group">Heading under which it stands, already in the reader's language.</param>
/// <param name="Text">What is due: „3 Importangaben klären“.</param>
/// <param name="Detail">One line of context, or empty.</param>
/// <param name="Href">Where it is done, one click away. It also names the task, for who takes it and when: two tasks on one page differ in the
/// fragment.</param>
/// <param name="Action">The verb on the button.</param>
/// <param name="Urgency">Where it stands among the others.</param>
/// <param name="Due">Business date, when there is one.</param>
public sealed record TodayRow(string Group, string Text, string Detail, string Href, string Action, Urgency Urgency, DateOnly? Due = null);

/// <summary>How soon.</summary>
public enum Urgency
{
    /// <summary>Somebody waits, or money is at stake.</summary>
    Now,

    /// <summary>This week.</summary>
    Soon,

    /// <summary>When there is time.</summary>
    Sometime,
}

/// <summary>A key figure at the top of <em>Heute</em>.</summary>
[Contribution]
public interface ITodayFigure
{
    /// <summary>The figures that this actor may see, in the actor's language; few, because the page shows two to five.</summary>
    Task<IReadOnlyList<TodayFigure>> ReadAsync(Actor actor, CancellationToken ct);
}

/// <summary>One key figure.</summary>
/// <param name="Order">Position among those of all modules.</param>
/// <param name="Name">What is counted: „Mitglieder“.</param>
/// <param name="Value">The number with its unit.</param>
/// <param name="Note">One line of context.</param>
/// <param name="Href">The page that proves it.</param>
/// <param name="Bad">Whether somebody must act on it.</param>
public sealed record TodayFigure(int Order, string Name, string Value, string Note, string Href, bool Bad = false);

/// <summary>Days on which something ends or falls due, beside the tasks of <em>Heute</em>.</summary>
[Contribution]
public interface IDeadlines
{
    /// <summary>Those that this actor may see, both days included, in the actor's language. Like is grouped: a line a day and kind, not a line a
    /// record.</summary>
    Task<IReadOnlyList<Deadline>> FindAsync(Actor actor, DateOnly from, DateOnly to, CancellationToken ct);
}

/// <summary>One line of the calendar.</summary>
/// <param name="Day">Business date.</param>
/// <param name="Text">What ends or falls due.</param>
/// <param name="Detail">One line of context, or empty.</param>
/// <param name="Href">Where it is looked at.</param>
public sealed record Deadline(DateOnly Day, string Text, string Detail, string Href);

/// <summary>The plan of a year with its days, beside the tasks of <em>Heute</em>.</summary>
[Contribution]
public interface IYearPlan
{
    /// <summary>The years that are worked on, in the actor's language; none for who may not see them.</summary>
    Task<IReadOnlyList<PlannedYear>> ReadAsync(Actor actor, CancellationToken ct);
}

/// <summary>A year.</summary>
/// <param name="Title">„Beitragsjahr 2027“.</param>
/// <param name="Steps">In their order.</param>
/// <param name="Href">The whole plan, when there is more to it.</param>
public sealed record PlannedYear(string Title, IReadOnlyList<PlannedStep> Steps, string? Href = null);

/// <summary>A step of a year.</summary>
/// <param name="Text">What.</param>
/// <param name="Day">When it was, or has to be; null while nobody knows.</param>
/// <param name="State">Behind, next or ahead.</param>
/// <param name="Href">Where it is done or looked at.</param>
public sealed record PlannedStep(string Text, DateOnly? Day, StepState State, string Href);

/// <summary>Who works in the office, for modules in which something is assigned.</summary>
[Contribution]
public interface IColleagues
{
    /// <summary>Those who may sign in, by name.</summary>
    Task<IReadOnlyList<ColleagueName>> ListAsync(CancellationToken ct);
}

/// <summary>Somebody who works in the office.</summary>
/// <param name="Id">Who.</param>
/// <param name="Name">As shown.</param>
public sealed record ColleagueName(Guid Id, string Name);

/// <summary>Finds records of a module for the one search box.</summary>
[Contribution]
public interface ISearchProvider
{
    /// <summary>The permission without which this provider is not asked.</summary>
    string Permission { get; }

    /// <summary>The best hits, at most <paramref name="limit"/>, best first.</summary>
    Task<IReadOnlyList<SearchHit>> SearchAsync(string text, int limit, CancellationToken ct);
}

/// <summary>One hit of the search box.</summary>
/// <param name="Kind">„Mitglied“, „Rechnung“, in the reader's language.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Detail">Number, town, amount.</param>
/// <param name="Href">Its page.</param>
public sealed record SearchHit(string Kind, string Title, string Detail, string Href);

/// <summary>A check of the verb <c>verify</c>: does what must always hold still hold?</summary>
[Contribution]
public interface IVerifyCheck
{
    /// <summary>Stable name: <c>ledger-balances</c>.</summary>
    string Name { get; }

    /// <summary>Looks at the whole database of its module.</summary>
    Task<CheckResult> RunAsync(CancellationToken ct);
}

/// <summary>What a check found.</summary>
/// <param name="Ok">Whether it holds.</param>
/// <param name="Detail">What was counted, or the first places where it does not hold. No personal data.</param>
public sealed record CheckResult(bool Ok, string Detail);

/// <summary>What a module needs on a new installation before anybody works with it: categories, a sample regulation, settings.</summary>
/// <remarks>Runs once, as the system, inside no transaction of its own: it invokes commands or writes by the module's context.</remarks>
[Contribution]
public interface IInitialData
{
    /// <summary>Lower comes first; Platform below 100, Membership 100, Billing 200.</summary>
    int Order { get; }

    /// <summary>Writes it. A start that was killed half-way calls it again, so what is there already is left alone.</summary>
    Task SeedAsync(CancellationToken ct);
}

/// <summary>Begins an installation. The host does it, because every module has a part in it.</summary>
public interface IFirstStart
{
    /// <summary>
    /// Makes an association's own installation: first what every new one needs, then, in one transaction, what <paramref name="found"/> writes and the
    /// record. Killed before that, it leaves a database that counts as empty.
    /// </summary>
    Task SetUpAsync(Func<Task> found, CancellationToken ct);
}

/// <summary>Invented records of a module for trying the product: members, their contacts and input values.</summary>
/// <remarks>The same rules as for <see cref="IInitialData"/>; never called on an installation with a connection string.</remarks>
[Contribution]
public interface IDemoData
{
    /// <summary>Lower comes first.</summary>
    int Order { get; }

    /// <summary>Writes it; what is there already is left alone.</summary>
    /// <returns>What was added, for the person who waits: „86 Mitglieder“; null when it was there already.</returns>
    Task<string?> SeedAsync(CancellationToken ct);
}
