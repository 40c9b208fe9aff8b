using Association.Membership.Data;
using Association.Membership.Dues.Regulation.Versions;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Regulation.Editing;

/// <summary>Changes the terms of a draft. A submission is void from then on.</summary>
/// <param name="Regulation">Which.</param>
/// <param name="SeenVersion">The state that the person saw; another one is a concurrent edit.</param>
/// <param name="Terms">All of them.</param>
[Permission(DuesFeature.Prepare)]
internal sealed record EditRegulation(DuesRegulationId Regulation, uint SeenVersion, RegulationTerms Terms) : ICommand;

internal static class EditRegulationHandler
{
    public static Task<RegulationVersion?> LoadAsync(EditRegulation command, MembershipDb db, CancellationToken ct) =>
        RegulationVersions.LockAsync(db, command.Regulation, ct);

    public static IReadOnlyList<Problem> Validate(EditRegulation command, RegulationVersion? version, IStringLocalizer<RegulationTexts> texts)
    {
        if (Draft.Problem(version, texts) is { } final)
            return [final];
        if (version!.Version != command.SeenVersion)
            throw new ConcurrentEditException(texts["Problem.TermsChanged"]) { Row = ("membership.dues_regulation", version.Id.Value.ToString()) };
        return [.. command.Terms.Problems(texts)];
    }

    public static async Task HandleAsync(EditRegulation command, RegulationVersion version, MembershipDb db, CancellationToken ct)
    {
        await Draft.ReopenAsync(version, db, ct);
        command.Terms.Apply(version);
    }
}

/// <summary>What every edit begins with.</summary>
internal static class Draft
{
    /// <summary>Why the version cannot be edited; null when it can.</summary>
    public static Problem? Problem(RegulationVersion? version, IStringLocalizer<RegulationTexts> texts) =>
        version switch
        {
            null => new Problem("", texts["Problem.VersionGone"]),
            { IsEditable: false } => new Problem("", texts["Problem.Final", version.Number]),
            _ => null,
        };

    /// <summary>Makes a submitted version a draft again, in a statement of its own: the database lets nothing else change together with that.</summary>
    public static async Task ReopenAsync(RegulationVersion version, MembershipDb db, CancellationToken ct)
    {
        if (version.State != RegulationState.Submitted)
            return;
        version.Reopen();
        await db.SaveChangesAsync(ct);
    }
}
