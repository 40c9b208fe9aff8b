using Association.Platform.Data;
using Association.Platform.Web.Modules;
using Dapper;

namespace Association.Events.Pricing;

/// <summary>
/// Who has a seat that costs something stands on one bill that is owed, unless a collective one is awaited; who has none stands on none but for what the seat
/// still costs.
/// </summary>
internal sealed class SeatsAreBilled(OfficeDatabase database) : IVerifyCheck
{
    public string Name => "seats-billed";

    public async Task<CheckResult> RunAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var (seats, wrong, first) = await connection.QuerySingleAsync<(int Seats, int Wrong, string? First)>(
            new CommandDefinition(
                """
                with stands as (
                  select f.registration_id, r.state, f.amount, p.collective,
                         (select count(*) from events.bill_line l where l.registration_id = f.registration_id
                            and not exists (select from events.bill_end e where e.bill_id = l.bill_id)) as owed,
                         (select sum(l.amount) from events.bill_line l where l.registration_id = f.registration_id and l.kind = 'seat'
                            and not exists (select from events.bill_end e where e.bill_id = l.bill_id)) as seat
                    from events.fee f join events.registration r on r.id = f.registration_id join events.payer p on p.id = f.payer_id),
                wrong as (
                  select registration_id from stands
                   where owed > 1 or case when state = 'accepted' then seat is distinct from amount and not (collective and owed = 0) else seat is not null end
                  union all
                  select x.registration_id from events.billed x where exists (select from events.bill_end e where e.bill_id = x.bill_id))
                select (select count(*)::int from stands), (select count(*)::int from wrong), (select min(registration_id::text) from wrong)
                """,
                cancellationToken: ct
            )
        );
        return new CheckResult(
            wrong == 0,
            wrong == 0 ? $"{seats} seats with a price, each on its bill" : $"{wrong} seats are billed wrongly, among them registration {first}"
        );
    }
}
