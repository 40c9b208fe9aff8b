using Association.Billing.Data;
using Association.Membership.Contracts;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Accounts;

/// <summary>Master data changed: the accounts follow. Of a member that is gone the account goes too, unless it was billed or written to.</summary>
[PlainWords(typeof(BillingTexts), "Work.RefreshAccounts")]
internal static class RefreshAccountsHandler
{
    public static async Task HandleAsync(MembersChanged changed, BillingDb db, IMemberDirectory directory, CancellationToken ct)
    {
        var present = await AccountRefresh.RunAsync(db, directory, changed.Members, ct);
        var gone = changed.Members.Where(m => !present.ContainsKey(m)).Select(m => m.Value).ToArray();
        if (gone.Length == 0)
            return;

        var connection = await db.ConnectionAsync(ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                delete from billing.account a where a.member_id = any (@gone)
                  and not exists (select from billing.invoice i where i.account_id = a.id)
                  and not exists (select from billing.posting_line l where l.account_id = a.id)
                  and not exists (select from billing.letter l where l.account_id = a.id)
                """,
                new { gone },
                db.Transaction,
                cancellationToken: ct
            )
        );
    }
}
