using Association.Billing.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Dapper;

namespace Association.Billing.Accounts.Opening.Drafts;

/// <summary>A list on its way from upload to decision; it belongs to the person who uploaded it.</summary>
internal static class OpeningDraft
{
    /// <summary>The person's own list; null when there is none (any more), or it is somebody else's.</summary>
    public static async Task<OpeningList?> ReadAsync(BillingDb db, Guid id, CurrentUser user, CancellationToken ct, bool forUpdate = false)
    {
        var connection = await db.ConnectionAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<(string FileName, byte[] Bytes, decimal ControlSum)?>(
            new CommandDefinition(
                $"select file_name, bytes, control_sum from billing.opening_draft where id = @id and owner = @owner {(forUpdate ? "for update" : "")}",
                new { id, owner = user.Actor.Id?.Value },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return row is { } found ? new OpeningList(found.FileName, found.Bytes, new Money(found.ControlSum)) : null;
    }
}
