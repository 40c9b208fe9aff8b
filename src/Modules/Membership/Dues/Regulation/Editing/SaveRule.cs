using Association.Membership.Data;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Regulation.Versions;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Regulation.Editing;

/// <summary>Sets the rule of a category in a draft. A submission is void from then on.</summary>
/// <param name="Regulation">Which version.</param>
/// <param name="SeenVersion">The state of the rule that the person saw; 0 when there was none. Another one is a concurrent edit.</param>
/// <param name="Rule">What holds from now on.</param>
[Permission(DuesFeature.Prepare)]
internal sealed record SaveRule(DuesRegulationId Regulation, uint SeenVersion, DuesRule Rule) : ICommand;

/// <summary>Takes the rule of a category out of a draft: its members will not be charged.</summary>
/// <param name="Regulation">Which version.</param>
/// <param name="SeenVersion">The state of the rule that the person saw.</param>
/// <param name="Category">Whose rule.</param>
[Permission(DuesFeature.Prepare)]
internal sealed record RemoveRule(DuesRegulationId Regulation, uint SeenVersion, string Category) : ICommand;

internal static class SaveRuleHandler
{
    private static readonly string[] Measures = ["beds", "employees", "inhabitants"];

    public static Task<RegulationVersion?> LoadAsync(SaveRule command, MembershipDb db, CancellationToken ct) =>
        RegulationVersions.LockAsync(db, command.Regulation, ct);

    public static async Task<IReadOnlyList<Problem>> ValidateAsync(
        SaveRule command,
        RegulationVersion? version,
        MembershipDb db,
        IStringLocalizer<RegulationTexts> texts,
        CancellationToken ct
    )
    {
        if (await RuleEditing.ProblemAsync(version, command.SeenVersion, command.Rule.Category, db, texts, ct) is { } refused)
            return [refused];
        var categories = await DuesReading.CategoryNamesAsync(db, ct);
        if (!categories.TryGetValue(command.Rule.Category, out var category))
            return [new("", texts["Problem.NoCategory", command.Rule.Category])];
        if (command.Rule.NeededMeasure is { } measure && !Measures.Contains(measure))
            return [new("Measure", texts["Problem.Measure"])];
        return [.. RegulationFaults.Find(command.Rule).Select(f => FaultTexts.Problem(f, command.Rule, category, texts))];
    }

    public static async Task HandleAsync(SaveRule command, RegulationVersion version, MembershipDb db, CurrentUser user, CancellationToken ct)
    {
        await Draft.ReopenAsync(version, db, ct);
        await Regulations.ReplaceRuleAsync(db, version.Id, command.Rule, user.Actor.Name, ct);
    }
}

internal static class RemoveRuleHandler
{
    public static Task<RegulationVersion?> LoadAsync(RemoveRule command, MembershipDb db, CancellationToken ct) =>
        RegulationVersions.LockAsync(db, command.Regulation, ct);

    public static Task<Problem?> ValidateAsync(
        RemoveRule command,
        RegulationVersion? version,
        MembershipDb db,
        IStringLocalizer<RegulationTexts> texts,
        CancellationToken ct
    ) => RuleEditing.ProblemAsync(version, command.SeenVersion, command.Category, db, texts, ct);

    public static async Task HandleAsync(RemoveRule command, RegulationVersion version, MembershipDb db, CancellationToken ct)
    {
        await Draft.ReopenAsync(version, db, ct);
        await Regulations.RemoveRuleAsync(db, version.Id, command.Category, ct);
    }
}

internal static class RuleEditing
{
    /// <summary>Why the rule of a category cannot be edited; null when it can. The version's row is locked already.</summary>
    /// <exception cref="ConcurrentEditException">Somebody changed the rule since the person saw it.</exception>
    public static async Task<Problem?> ProblemAsync(
        RegulationVersion? version,
        uint seen,
        string category,
        MembershipDb db,
        IStringLocalizer<RegulationTexts> texts,
        CancellationToken ct
    )
    {
        if (Draft.Problem(version, texts) is { } refused)
            return refused;
        var edit = (await RuleEdits.OfAsync(db, version!.Id, ct)).GetValueOrDefault(category);
        if ((edit?.Version ?? 0) == seen)
            return null;
        throw new ConcurrentEditException(
            edit is null ? texts["Problem.RuleRemoved"] : texts["Problem.RuleChanged", edit.By, Platform.Web.Localisation.Formats.Of(edit.At)]
        );
    }
}
