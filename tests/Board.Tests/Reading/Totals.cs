using Shouldly;

namespace Association.Board.Tests.Reading;

internal static class Totals
{
    /// <summary>Every number in the row of totals is the sum of its column, stored in the file, with a formula behind it.</summary>
    public static void ShouldAddUp(Workbook.Table table, params string[] except)
    {
        table.HasTotals.ShouldBeTrue();
        var summed = table.Headers.Where(h => !except.Contains(h) && table.Totals[h] is decimal).ToList();
        summed.ShouldNotBeEmpty();
        foreach (var header in summed)
            ((decimal)table.Totals[header]!).ShouldBe(table.Rows.Sum(r => r[header] as decimal? ?? 0), header);
        table
            .Formulas.Count(f =>
                f.Formula!.StartsWith($"SUBTOTAL(109,{table.Name}[", StringComparison.Ordinal) || !f.Formula.Contains('[', StringComparison.Ordinal)
            )
            .ShouldBeGreaterThanOrEqualTo(summed.Count);
    }
}

internal static class Days
{
    /// <summary>The day that a cell's number stands for.</summary>
    public static DateOnly? Of(object? cell) => cell is decimal days ? new DateOnly(1899, 12, 30).AddDays((int)days) : null;
}
