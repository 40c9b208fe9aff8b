using Association.Platform.Data.Kernel;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;
using Npgsql;

namespace Association.Billing.Invoices;

/// <summary>Invoices and cancellations, each with the number that would come next today.</summary>
internal sealed class IssuedSeries(NpgsqlDataSource database, TimeProvider clock, IStringLocalizer<BillingTexts> texts) : INumberSeries
{
    public async Task<IReadOnlyList<NumberSeriesState>> ListAsync(CancellationToken ct)
    {
        var year = clock.Today().Year;
        await using var connection = await database.OpenConnectionAsync(ct);
        var drawn = (await connection.QueryAsync<(string Series, int Last)>(new CommandDefinition(
            "select series, last_number from billing.number_series where year = @year", new { year }, cancellationToken: ct))).ToDictionary(s => s.Series, s => s.Last, StringComparer.Ordinal);
        return [State(texts["Search.Invoice"], NumberSeries.Invoices), State(texts["Search.Cancellation"], NumberSeries.Cancellations)];

        NumberSeriesState State(string document, string series) => new(document, NumberSeries.Format(series, year, drawn.GetValueOrDefault(series) + 1));
    }
}
