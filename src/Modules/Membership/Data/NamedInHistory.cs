using Dapper;

namespace Association.Membership.Data;

internal static class NamedInHistory
{
    /// <summary>Lets the history say what it was about, also after that is gone; for the rest of the transaction.</summary>
    public static async Task NameInHistoryAsync(this MembershipDb db, string what, CancellationToken ct) =>
        await (await db.ConnectionAsync(ct)).ExecuteAsync(
            new CommandDefinition("select set_config('association.reason', @what, true)", new { what }, db.Transaction, cancellationToken: ct)
        );
}
