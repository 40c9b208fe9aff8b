using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Invoices;

/// <summary>Invoices, cancellations and items taken over, each with the number that would come next today.</summary>
internal sealed class IssuedSeries(OfficeDatabase database, IOfficeRules rules, TimeProvider clock, IStringLocalizer<BillingTexts> texts) : INumberSeries
{
    private static readonly NumberForm TakenOver = new("EB", NumberYear.Without);

    public async Task<IReadOnlyList<NumberSeriesState>> ListAsync(CancellationToken ct)
    {
        var year = clock.Today().Year;
        var forms = (await rules.CurrentAsync(ct)).Numbers;
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var answers = await connection.QueryMultipleAsync(
            new CommandDefinition(
                """
                select series, last_number from billing.number_series where year = @year;
                select series, prefix from billing.number_prefix order by prefix;
                select coalesce(max(sequence), 0) from billing.item;
                """,
                new { year },
                cancellationToken: ct
            )
        );
        var drawn = (await answers.ReadAsync<(string Series, int Last)>()).ToDictionary(s => s.Series, s => s.Last, StringComparer.Ordinal);
        var prefixes = (await answers.ReadAsync<(string Series, string Prefix)>()).ToLookup(p => p.Series, p => p.Prefix, StringComparer.Ordinal);
        var takenOver = await answers.ReadSingleAsync<long>();
        return
        [
            State("Search.Invoice", NumberSeries.Invoices),
            State("Series.Services", NumberSeries.Services),
            State("Search.Cancellation", NumberSeries.Cancellations),
            new NumberSeriesState("", texts["Series.TakenOver"], TakenOver.Write(year, takenOver + 1), [TakenOver.Prefix]),
        ];

        NumberSeriesState State(string text, NumberSeries series)
        {
            var form = series.FormIn(forms);
            return new(series.Rule, texts[text], form.Write(year, drawn.GetValueOrDefault(series.Name) + 1), [.. prefixes[series.Name], form.Prefix]);
        }
    }
}
