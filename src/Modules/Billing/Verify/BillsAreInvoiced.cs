using Association.Events.Contracts;
using Association.Membership.Contracts;
using Association.Platform.Data;
using Association.Platform.Web.Modules;
using Dapper;

namespace Association.Billing.Verify;

/// <summary>Every bill for seats that is owed has exactly one live invoice over its amount, every replaced one has none, and there are no others.</summary>
internal sealed class BillsAreInvoiced(OfficeDatabase database, IEventBills bills) : IVerifyCheck
{
    private const int PageSize = 5000;

    public string Name => "bills-invoiced";

    public async Task<CheckResult> RunAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var (matched, wrong) = (0L, new List<string>());
        for (ChargeId? last = null; await bills.AfterAsync(last, PageSize, ct) is { Count: > 0 } page; last = page[^1].Id)
        {
            var live = await ChargesAreInvoiced.LiveInvoicesAsync(connection, page.Select(b => b.Id), ct);
            foreach (var bill in page)
            {
                var amount = live.TryGetValue(bill.Id.Value, out var found) ? found : (decimal?)null;
                if (bill.IsReplaced ? amount is null : amount == bill.Amount.Amount)
                    matched += bill.IsReplaced ? 0 : 1;
                else
                    wrong.Add($"bill {bill.Id.Value} {Difference(amount, bill)}");
            }
        }
        var invoices = await connection.ExecuteScalarAsync<long>(
            new CommandDefinition(
                """
                select count(*) from billing.invoice i
                 where i.kind = 'invoice' and i.dues_year is null and not exists (select from billing.invoice c where c.cancels_id = i.id)
                """,
                cancellationToken: ct
            )
        );
        if (wrong.Count == 0 && invoices != matched)
            wrong.Add($"{invoices} live invoices, but {matched} bills that are owed");
        return new CheckResult(
            wrong.Count == 0,
            wrong.Count == 0 ? $"{matched} bills, {invoices} invoices, the same amounts" : $"{wrong.Count} differences: {string.Join("; ", wrong.Take(3))}"
        );
    }

    private static string Difference(decimal? amount, RaisedBill bill) =>
        amount is null ? "has no invoice"
        : bill.IsReplaced ? "is replaced and still invoiced"
        : "is invoiced with another amount";
}
