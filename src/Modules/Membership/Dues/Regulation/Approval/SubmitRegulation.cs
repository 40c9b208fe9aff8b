using Association.Membership.Data;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Regulation.Editing;
using Association.Membership.Dues.Regulation.Versions;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Regulation.Approval;

/// <summary>Hands a resolved draft to a second person. Once done, a repetition does nothing.</summary>
[Permission(DuesFeature.Prepare)]
internal sealed record SubmitRegulation(DuesRegulationId Regulation) : ICommand;

internal static class SubmitRegulationHandler
{
    public static Task<RegulationVersion?> LoadAsync(SubmitRegulation command, MembershipDb db, CancellationToken ct) =>
        RegulationVersions.LockAsync(db, command.Regulation, ct);

    public static async Task<IReadOnlyList<Problem>> ValidateAsync(
        SubmitRegulation command,
        RegulationVersion? version,
        MembershipDb db,
        TimeProvider clock,
        IStringLocalizer<RegulationTexts> texts,
        CancellationToken ct
    )
    {
        if (Draft.Problem(version, texts) is { } final)
            return [final];
        return [.. ResolutionProblems(version!, clock.Today(), texts), .. await RuleProblemsAsync(version!, db, texts, ct)];
    }

    public static void Handle(SubmitRegulation command, RegulationVersion version, CurrentUser user, TimeProvider clock)
    {
        if (version.State == RegulationState.Draft)
            version.Submit(user.Actor, clock.GetUtcNow());
    }

    private static IEnumerable<Problem> ResolutionProblems(RegulationVersion version, DateOnly today, IStringLocalizer<RegulationTexts> texts)
    {
        if (version.ResolvedBy is null || version.ResolvedOn is null)
            yield return new("", texts["Problem.NoResolution"]);
        else if (version.ResolvedOn > today)
            yield return new("", texts["Problem.ResolvedLater", Formats.Of(version.ResolvedOn)]);
        else if (version.Resolution.Length == 0 && version.DocumentId is null)
            yield return new("", texts["Problem.NoWords"]);
    }

    private static async Task<IEnumerable<Problem>> RuleProblemsAsync(
        RegulationVersion version,
        MembershipDb db,
        IStringLocalizer<RegulationTexts> texts,
        CancellationToken ct
    )
    {
        var regulation = await Regulations.ReadAsync(db, version.Id, ct);
        if (regulation.Rules.Count == 0)
            return [new("", texts["Problem.NoRules"])];
        var names = await DuesReading.CategoryNamesAsync(db, ct);
        return regulation.Rules.SelectMany(r => RegulationFaults.Find(r).Select(f => FaultTexts.Problem(f, r, names[r.Category], texts) with { Field = "" }));
    }
}
