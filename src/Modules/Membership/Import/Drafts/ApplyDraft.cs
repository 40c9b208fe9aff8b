using Association.Membership.Data;
using Association.Membership.Import.Applying;
using Association.Membership.Import.Preview;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Import.Drafts;

/// <summary>Imports a draft as its preview shows it.</summary>
[Permission(ImportFeature.Run)]
internal sealed record ApplyDraft(Guid Draft) : ICommand;

internal static class ApplyDraftHandler
{
    public static async Task<(ImportDraft?, ImportPlan?)> LoadAsync(
        ApplyDraft command,
        MembershipDb db,
        CurrentUser user,
        ImportPlanning planning,
        CancellationToken ct
    )
    {
        var draft = await ImportDraft.ReadAsync(db, command.Draft, user, forUpdate: true, ct);
        return (draft, draft is { Import: null } ? await ApplyImportHandler.LoadAsync(new ApplyImport(draft.Upload), planning, db, ct) : null);
    }

    public static Problem? Validate(ApplyDraft _, ImportDraft? draft, IStringLocalizer<ImportTexts> texts) =>
        draft is null ? new Problem("", texts["Draft.Gone"])
        : draft.Import is not null ? new Problem("", texts["Draft.Imported"])
        : null;

    public static async Task<AppliedImport> HandleAsync(
        ApplyDraft _,
        ImportDraft draft,
        ImportPlan plan,
        MembershipDb db,
        CurrentUser user,
        TimeProvider clock,
        IMessageBus bus,
        CancellationToken ct
    )
    {
        var applied = await ApplyImportHandler.HandleAsync(new ApplyImport(draft.Upload), plan, db, user, clock, bus, ct);
        var connection = await db.ConnectionAsync(ct);
        if (applied.Import is { } import)
            await connection.ExecuteAsync(
                new CommandDefinition(
                    "update membership.import_draft set import_id = @import where id = @id",
                    new { import, id = draft.Id },
                    db.Transaction,
                    cancellationToken: ct
                )
            );
        return applied;
    }
}
