namespace Association.Platform.Web.Modules;

/// <summary>The series in which a module numbers what it issues; the settings show them.</summary>
[Contribution]
public interface INumberSeries
{
    /// <summary>Each series with the number that would come next today.</summary>
    Task<IReadOnlyList<NumberSeriesState>> ListAsync(CancellationToken ct);
}

/// <summary>Where a series stands.</summary>
/// <param name="Rule">The property of <see cref="Data.Settings.NumberRules"/> that says how it is written; empty when that is fixed.</param>
/// <param name="Document">What it numbers, in the reader's language.</param>
/// <param name="Next"><c>BR-2026-00013</c>; drawn only when a document is issued, so another one may get it.</param>
/// <param name="Prefixes">Those that its numbers bear or bore: no other series may take them.</param>
public sealed record NumberSeriesState(string Rule, string Document, string Next, IReadOnlyCollection<string> Prefixes);
