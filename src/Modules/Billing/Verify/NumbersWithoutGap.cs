using Association.Platform.Data;
using Association.Platform.Web.Modules;
using Dapper;

namespace Association.Billing.Verify;

/// <summary>In every series and year the numbers run from 1 to the counter, each once.</summary>
internal sealed class NumbersWithoutGap(OfficeDatabase database) : IVerifyCheck
{
    public string Name => "numbers-without-gap";

    public async Task<CheckResult> RunAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var series = (
            await connection.QueryAsync<Series>(
                new CommandDefinition(
                    """
                    select s.series as Name, s.year as Year, s.last_number as Last, count(i.id) as Count, coalesce(min(i.sequence), 0) as First,
                      coalesce(max(i.sequence), 0) as Highest
                      from billing.number_series s left join billing.invoice i on i.series = s.series and i.year = s.year
                     group by s.series, s.year, s.last_number order by s.series, s.year
                    """,
                    cancellationToken: ct
                )
            )
        ).AsList();
        var gaps = series.Where(s => s.Count != s.Last || s.Highest != s.Last || (s.Last > 0 && s.First != 1)).ToList();
        return new CheckResult(
            gaps.Count == 0,
            gaps.Count > 0 ? "gaps in " + string.Join(", ", gaps.Select(s => $"{s.Name}-{s.Year} ({s.Count} of {s.Last})"))
                : series.Count == 0 ? "nothing issued yet"
                : string.Join(", ", series.Select(s => $"{s.Name}-{s.Year}: 1 to {s.Last}"))
        );
    }

    private sealed record Series(string Name, int Year, int Last, long Count, int First, int Highest);
}
