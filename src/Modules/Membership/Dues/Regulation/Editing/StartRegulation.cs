using Association.Membership.Data;
using Association.Membership.Dues.Regulation.Versions;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Regulation.Editing;

/// <summary>Opens a draft, empty with the office's due date, or with all rules and terms of another version. Answers its number.</summary>
/// <param name="ValidFrom">First day on which it shall hold.</param>
/// <param name="CopyOf">The version to begin from; null: empty.</param>
[Permission(DuesFeature.Prepare)]
internal sealed record StartRegulation(DateOnly ValidFrom, int? CopyOf = null) : ICommand;

internal static class StartRegulationHandler
{
    // Dues are never due later in a month: every month has this day. The settings know the 31st, too.
    private const int LastDueDay = 28;

    public static async Task<RegulationVersion?> LoadAsync(StartRegulation command, MembershipDb db, CancellationToken ct) =>
        command.CopyOf is { } number ? await RegulationVersions.FindAsync(db, number, ct) : null;

    public static IEnumerable<Problem> Validate(StartRegulation command, RegulationVersion? model, IStringLocalizer<RegulationTexts> texts)
    {
        if (command.CopyOf is { } number && model is null)
            yield return new(nameof(command.CopyOf), texts["Problem.NoVersion", number]);
        if (RegulationTerms.DayProblem(command.ValidFrom, texts) is { } day)
            yield return new(nameof(command.ValidFrom), day);
    }

    public static async Task<int> HandleAsync(
        StartRegulation command,
        RegulationVersion? model,
        MembershipDb db,
        IOfficeRules rules,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var due = (await rules.CurrentAsync(ct)).Due;
        var draft = new RegulationVersion
        {
            Id = DuesRegulationId.New(),
            ValidFrom = command.ValidFrom,
            DueMonth = due.Month,
            DueDay = Math.Min(due.Day, LastDueDay),
            DaysAfterIssue = due.DaysAfterIssue,
            CreatedAt = clock.GetUtcNow(),
            CreatedByName = user.Actor.Name,
        };
        if (model is not null)
            (RegulationTerms.Of(model) with { ValidFrom = command.ValidFrom, ValidTo = null, ResolvedBy = null, ResolvedOn = null, Resolution = "" }).Apply(
                draft
            );
        db.Add(draft);
        await db.SaveChangesAsync(ct); // the rules refer to it
        if (model is not null)
            await Regulations.CopyRulesAsync(db, model.Id, draft.Id, ct);
        return draft.Number;
    }
}
