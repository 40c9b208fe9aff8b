using Association.Membership.Dues.Runs;
using Association.Platform.Data;
using Association.Platform.Web.Modules;
using Dapper;

namespace Association.Membership.Dues.Agenda;

/// <summary>At most one live charge a member, kind and period.</summary>
internal sealed class ChargesAreUnique(OfficeDatabase database) : IVerifyCheck
{
    public string Name => "charges-unique";

    public async Task<CheckResult> RunAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var (charges, twice) = await connection.QuerySingleAsync<(long, long)>(
            new CommandDefinition(
                """
                select coalesce(sum(n), 0)::bigint, count(*) filter (where n > 1)
                  from (select count(*) as n from membership.charge where voided_at is null group by member_id, kind, period) live
                """,
                cancellationToken: ct
            )
        );
        return new CheckResult(
            twice == 0,
            twice == 0 ? $"{charges} live charges, nobody charged twice" : $"{twice} members are charged more than once for a period"
        );
    }
}

/// <summary>The frozen figures of a run are the count and the sum of its charges.</summary>
internal sealed class RunsAddUp(OfficeDatabase database) : IVerifyCheck
{
    public string Name => "dues-runs-add-up";

    public async Task<CheckResult> RunAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var rows = (
            await connection.QueryAsync<(string Run, bool Ok)>(
                new CommandDefinition(
                    $"""
                    select {DuesRun.CodeSql},
                           r.charges = count(c.id) and r.total = coalesce(sum(c.amount), 0)
                             and r.charges = (select coalesce(sum(k.charges), 0) from membership.dues_run_chunk k where k.run_id = r.id)
                      from membership.dues_run r left join membership.charge c on c.run_id = r.id
                     group by r.id order by r.year, r.number
                    """,
                    cancellationToken: ct
                )
            )
        ).ToList();
        var wrong = rows.Where(r => !r.Ok).Select(r => r.Run).ToList();
        return new CheckResult(
            wrong.Count == 0,
            wrong.Count == 0 ? $"{rows.Count} runs, totals equal their charges" : $"totals differ from the charges: {string.Join(", ", wrong.Take(5))}"
        );
    }
}

/// <summary>Two people signed every run that was released.</summary>
internal sealed class RunsHaveTwoSignatures(OfficeDatabase database) : IVerifyCheck
{
    public string Name => "dues-runs-four-eyes";

    public async Task<CheckResult> RunAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var (released, wrong) = await connection.QuerySingleAsync<(long, long)>(
            new CommandDefinition(
                """
                select count(*), count(*) filter (where submitted_by is null or approved_by is null or submitted_by = approved_by)
                  from membership.dues_run where state in ('approved', 'executing', 'executed')
                """,
                cancellationToken: ct
            )
        );
        return new CheckResult(wrong == 0, wrong == 0 ? $"{released} approved runs, two people each" : $"{wrong} runs lack a second signature");
    }
}
