using Association.Membership.Data;
using Association.Membership.Import.Mapping;
using Association.Membership.Import.Preview;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Import.Drafts;

/// <summary>Says what columns and category words of a draft mean, corrects cells, decides about duplicates. What is not named stays as it was.</summary>
/// <param name="Draft">The person's own.</param>
/// <param name="Columns">Letter to field.</param>
/// <param name="Categories">Word to category code; empty when it is not known.</param>
/// <param name="Cells">Cell (<c>N22</c>) to what it should say.</param>
/// <param name="OwnMembers">Row to whether it is a member of its own, though it looks like a duplicate.</param>
[Permission(ImportFeature.Run)]
internal sealed record ChangeDraft(
    Guid Draft,
    IReadOnlyDictionary<string, string> Columns,
    IReadOnlyDictionary<string, string> Categories,
    IReadOnlyDictionary<string, string> Cells,
    IReadOnlyDictionary<int, bool> OwnMembers
) : ICommand;

internal static class ChangeDraftHandler
{
    public static Task<ImportDraft?> LoadAsync(ChangeDraft command, MembershipDb db, CurrentUser user, CancellationToken ct) =>
        ImportDraft.ReadAsync(db, command.Draft, user, forUpdate: true, ct);

    public static async Task<Problem?> ValidateAsync(
        ChangeDraft command,
        ImportDraft? draft,
        ImportPlanning planning,
        IStringLocalizer<ImportTexts> texts,
        CancellationToken ct
    )
    {
        if (draft is null)
            return new Problem("", texts["Draft.Gone"]);
        if (draft.Import is not null)
            return new Problem("", texts["Draft.Imported"]);
        await planning.PlanAsync(Changed(draft, command), ct); // what cannot be planned is refused here
        return null;
    }

    public static async Task HandleAsync(ChangeDraft command, ImportDraft draft, MembershipDb db, CancellationToken ct)
    {
        var changed = Changed(draft, command);
        var connection = await db.ConnectionAsync(ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                update membership.import_draft set columns = @columns::jsonb, categories = @categories::jsonb, cells = @cells::jsonb, own_members = @own
                  where id = @id
                """,
                new
                {
                    id = draft.Id,
                    columns = ImportDraft.Json(changed.Choices.Columns),
                    categories = ImportDraft.Json(changed.Choices.Categories),
                    cells = ImportDraft.Json(changed.Decisions.Cells),
                    own = changed.Decisions.OwnMembers.Order().ToArray(),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
    }

    private static ListUpload Changed(ImportDraft draft, ChangeDraft command) =>
        draft.Upload with
        {
            Choices = new MappingChoices(Merge(draft.Upload.Choices.Columns, command.Columns), Merge(draft.Upload.Choices.Categories, command.Categories)),
            Decisions = new RowDecisions(
                Merge(draft.Upload.Decisions.Cells, command.Cells),
                draft
                    .Upload.Decisions.OwnMembers.Except(command.OwnMembers.Where(o => !o.Value).Select(o => o.Key))
                    .Concat(command.OwnMembers.Where(o => o.Value).Select(o => o.Key))
                    .ToHashSet()
            ),
        };

    private static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string> old, IReadOnlyDictionary<string, string> changes)
    {
        var merged = new Dictionary<string, string>(old);
        foreach (var (key, value) in changes)
            merged[key] = value;
        return merged;
    }
}
