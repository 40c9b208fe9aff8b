using Association.Billing.Data;
using Association.Platform.Data.Settings;
using Dapper;

namespace Association.Billing.Invoices;

/// <summary>A series of issued documents: gapless per year of issue, whatever its numbers look like.</summary>
/// <param name="Name">In the database; also the prefix as long as the settings name no other.</param>
/// <param name="Rule">The setting that says how its numbers are written.</param>
/// <param name="FormIn">The same, read.</param>
internal sealed record NumberSeries(string Name, string Rule, Func<NumberRules, NumberForm> FormIn)
{
    /// <summary>Beitragsrechnung.</summary>
    public static readonly NumberSeries Invoices = new("BR", nameof(NumberRules.Invoices), rules => rules.Invoices);

    /// <summary>Veranstaltungsrechnung.</summary>
    public static readonly NumberSeries Services = new("VR", nameof(NumberRules.Services), rules => rules.Services);

    /// <summary>Storno.</summary>
    public static readonly NumberSeries Cancellations = new("ST", nameof(NumberRules.Cancellations), rules => rules.Cancellations);

    /// <summary>Draws consecutive numbers in the running transaction; whoever draws next waits until it ends, and a rollback gives them back.</summary>
    public async Task<DrawnNumbers> DrawAsync(BillingDb db, OfficeRules rules, int year, int count, CancellationToken ct)
    {
        var form = FormIn(rules.Numbers);
        var connection = await db.ConnectionAsync(ct);
        var last = await connection.ExecuteScalarAsync<int>(
            new CommandDefinition(
                """
                insert into billing.number_prefix (prefix, series) values (@Prefix, @Name) on conflict do nothing;
                insert into billing.number_series as s (series, year, last_number) values (@Name, @year, @count)
                on conflict (series, year) do update set last_number = s.last_number + @count
                returning last_number
                """,
                new
                {
                    Name,
                    form.Prefix,
                    year,
                    count,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return new DrawnNumbers(form, year, last - count + 1);
    }
}

/// <summary>Numbers that were drawn, in their order.</summary>
internal sealed record DrawnNumbers(NumberForm Form, int Year, int First)
{
    public DrawnNumber this[int index] => new(First + index, Form.Write(Year, First + index));
}

/// <param name="Sequence">Its place in series and year.</param>
/// <param name="Text">As it is printed: <c>BR-2026-00001</c>.</param>
internal readonly record struct DrawnNumber(int Sequence, string Text);
