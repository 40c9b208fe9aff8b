using Association.Billing.Data;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Dapper;

namespace Association.Billing.Ledger;

/// <summary>
/// Whether an act needs a second person, with what was done alone before: slices below a limit add up on one item, on one member's account within twelve
/// months, and by one person since yesterday (record 32). What a second person agreed to and what was taken back does not count.
/// </summary>
internal sealed class DoneAlone(BillingDb db, CurrentUser user, TimeProvider clock)
{
    private const string Sums = """
        with alone as (
          select coalesce(i.cancels_id, p.invoice_id, p.item_id) as item, p.booked_on, p.posted_by,
                 coalesce(i.account_id, e.account_id, (select min(l.account_id::text)::uuid from billing.posting_line l where l.posting_id = p.id)) as account_id,
                 (select sum(l.debit) from billing.posting_line l where l.posting_id = p.id) as amount
            from billing.posting p left join billing.invoice i on i.id = p.invoice_id left join billing.item e on e.id = p.item_id
           where p.kind = any (@kinds)
             and not exists (select from billing.posting r where r.reverses_id = p.id)
             and not exists (select from billing.claim_relief r where r.posting_id = p.id and r.approved_at is not null)
             and not exists (select from billing.refund_request r where r.posting_id = p.id)
             and not exists (select from billing.cancellation_request r where r.invoice_id = i.cancels_id and r.approved_at is not null)
             and i.content #>> '{cancels,replacedBy}' is null)  -- what is issued anew was corrected, under the limit of corrections
        select greatest(coalesce(sum(amount) filter (where item = @item), 0),
                        coalesce(sum(amount) filter (where account_id = @account and booked_on > @year), 0),
                        coalesce(sum(amount) filter (where posted_by = @by and booked_on >= @yesterday), 0))
          from alone
        """;

    /// <summary>Whether the limit is reached by this amount and what was done alone before it.</summary>
    /// <param name="limit">Null: never.</param>
    /// <param name="amount">What is to be given up, cancelled or paid back now.</param>
    /// <param name="item">On which invoice or item taken over; null when it concerns the account.</param>
    /// <param name="account">Whose.</param>
    /// <param name="ct">Ends the reading.</param>
    /// <param name="kinds">The acts that add up.</param>
    public async Task<bool> ReachesAsync(Money? limit, Money amount, ItemRef? item, AccountId account, CancellationToken ct, params PostingKind[] kinds)
    {
        if (limit is null || FourEyesRules.Reaches(limit, amount))
            return limit is not null;
        var (connection, today) = (await db.ConnectionAsync(ct), clock.Today());
        // One after the other, whatever they lock: two slices at once would not see each other.
        await db.OneAtATimeAsync("billing.done_alone", ct);
        var before = await connection.ExecuteScalarAsync<decimal>(
            new CommandDefinition(
                Sums,
                new
                {
                    kinds = kinds.Select(EnumText.Of).ToArray(),
                    item = item?.Invoice?.Value ?? item?.Other?.Value,
                    account = account.Value,
                    year = today.AddYears(-1),
                    by = user.Actor.Name,
                    yesterday = today.AddDays(-1),
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return FourEyesRules.Reaches(limit, new Money(before) + amount);
    }
}
