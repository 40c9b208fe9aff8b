using Association.Platform.Web.Modules;

namespace Association.Membership.Contracts;

/// <summary>A step of a dues year, from the regulation to the closed books.</summary>
public enum DuesYearStep
{
    /// <summary>The regulation was looked at before the year begins.</summary>
    Regulation,

    /// <summary>The run has a draft.</summary>
    Draft,

    /// <summary>Members were asked for their self-declarations.</summary>
    DeclarationsAsked,

    /// <summary>They answered.</summary>
    DeclarationsAnswered,

    /// <summary>Every member has the value that its dues are measured by.</summary>
    Values,

    /// <summary>A second person approved the run.</summary>
    Approval,

    /// <summary>The run is executed: every charge has its invoice.</summary>
    Execution,

    /// <summary>The documents left.</summary>
    Sending,

    /// <summary>Who pays by direct debit was told amount and day.</summary>
    PreNotification,

    /// <summary>Who did not pay was reminded.</summary>
    Reminders,

    /// <summary>The year's books are closed.</summary>
    Closing,
}

/// <summary>What a module knows of the steps of a dues year, for the checklist of that year. Of a step that nobody knows about, a person says when it is
/// done.</summary>
[Contribution]
public interface IDuesYearFacts
{
    /// <summary>The steps of this year that the module can tell of; of others nothing.</summary>
    Task<IReadOnlyList<DuesYearFact>> ReadAsync(int year, CancellationToken ct);
}

/// <summary>What is known of a step.</summary>
/// <param name="Step">Which.</param>
/// <param name="IsDone">Whether nothing is left of it.</param>
/// <param name="On">When it was done; null while it is not, or when nobody knows.</param>
/// <param name="Left">How many members or documents are left; null when that is not counted.</param>
public sealed record DuesYearFact(DuesYearStep Step, bool IsDone, DateOnly? On = null, int? Left = null);
