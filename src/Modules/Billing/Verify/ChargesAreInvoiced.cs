using Association.Membership.Contracts;
using Association.Platform.Data;
using Association.Platform.Web.Modules;
using Dapper;
using Npgsql;

namespace Association.Billing.Verify;

/// <summary>Every live charge that was released has exactly one live invoice over its amount, and every live invoice has such a charge.</summary>
internal sealed class ChargesAreInvoiced(OfficeDatabase database, IDuesCharges dues) : IVerifyCheck
{
    private const int PageSize = 5000;

    public string Name => "charges-invoiced";

    public async Task<CheckResult> RunAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var (matched, wrong) = (0L, new List<string>());
        for (var page = await dues.ReleasedAsync(null, PageSize, ct); page.Count > 0; page = await dues.ReleasedAsync(page[^1].Id, PageSize, ct))
        {
            var live = await LiveInvoicesAsync(connection, page.Select(c => c.Id), ct);
            foreach (var charge in page)
            {
                var amount = live.TryGetValue(charge.Id.Value, out var found) ? found : (decimal?)null;
                if (charge.Voided ? amount is null : amount == charge.Amount.Amount)
                    matched += charge.Voided ? 0 : 1;
                else
                    wrong.Add(
                        $"charge {charge.Id.Value} {(amount is null ? "has no invoice" : charge.Voided ? "is voided and still invoiced" : "is invoiced with another amount")}"
                    );
            }
        }
        var invoices = await connection.ExecuteScalarAsync<long>(
            new CommandDefinition(
                """
                select count(*) from billing.invoice i
                 where i.kind = 'invoice' and i.dues_year is not null and not exists (select from billing.invoice c where c.cancels_id = i.id)
                """,
                cancellationToken: ct
            )
        );
        if (wrong.Count == 0 && invoices != matched)
            wrong.Add($"{invoices} live invoices, but {matched} live charges");
        return new CheckResult(
            wrong.Count == 0,
            wrong.Count == 0 ? $"{matched} charges, {invoices} invoices, the same amounts" : $"{wrong.Count} differences: {string.Join("; ", wrong.Take(3))}"
        );
    }

    internal static async Task<Dictionary<Guid, decimal>> LiveInvoicesAsync(NpgsqlConnection connection, IEnumerable<ChargeId> charges, CancellationToken ct) =>
        (
            await connection.QueryAsync<(Guid Charge, decimal Amount)>(
                new CommandDefinition(
                    """
                    select i.charge_id, i.amount from billing.invoice i
                     where i.kind = 'invoice' and i.charge_id = any (@ids) and not exists (select from billing.invoice c where c.cancels_id = i.id)
                    """,
                    new { ids = charges.Select(c => c.Value).ToArray() },
                    cancellationToken: ct
                )
            )
        ).ToDictionary(r => r.Charge, r => r.Amount);
}
