using System.Globalization;
using Association.Billing.Data;
using Dapper;

namespace Association.Billing.Invoices;

/// <summary>The numbers of issued documents: gapless per series and year of issue.</summary>
internal static class NumberSeries
{
    /// <summary>Beitragsrechnung.</summary>
    public const string Invoices = "BR";

    /// <summary>Storno.</summary>
    public const string Cancellations = "ST";

    /// <summary>Draws numbers in the running transaction; whoever draws next waits until it ends, and a rollback gives them back.</summary>
    /// <returns>The first of <paramref name="count"/> consecutive numbers.</returns>
    public static async Task<int> DrawAsync(BillingDb db, string series, int year, int count, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var last = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            """
            insert into billing.number_series as s (series, year, last_number) values (@series, @year, @count)
            on conflict (series, year) do update set last_number = s.last_number + @count
            returning last_number
            """, new { series, year, count }, db.Transaction, cancellationToken: ct));
        return last - count + 1;
    }

    /// <summary><c>BR-2026-00001</c>, as the database generates it.</summary>
    public static string Format(string series, int year, int sequence) => string.Create(CultureInfo.InvariantCulture, $"{series}-{year}-{sequence:00000}");
}
