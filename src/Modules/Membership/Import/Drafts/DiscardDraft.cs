using Association.Membership.Data;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Membership.Import.Drafts;

/// <summary>Throws an upload away. One that is gone already stays gone.</summary>
[Permission(ImportFeature.Run)]
internal sealed record DiscardDraft(Guid Draft) : ICommand;

internal static class DiscardDraftHandler
{
    public static async Task HandleAsync(DiscardDraft command, MembershipDb db, CurrentUser user, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                "delete from membership.import_draft where id = @id and owner = @owner",
                new { id = command.Draft, owner = user.Id.Value },
                db.Transaction,
                cancellationToken: ct
            )
        );
    }
}
