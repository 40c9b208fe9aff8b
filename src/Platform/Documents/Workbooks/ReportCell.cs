using Association.Platform.Data.Kernel;

namespace Association.Platform.Documents.Workbooks;

/// <summary>How a cell shows its value.</summary>
public enum CellFormat
{
    /// <summary>Text, whatever it looks like.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Count,

    /// <summary>A year.</summary>
    Year,

    /// <summary>Euro with two decimals.</summary>
    Money,

    /// <summary>A ratio: 0.057 is shown as 5,7 %.</summary>
    Percent,

    /// <summary>A day.</summary>
    Date,
}

/// <summary>A cell of a report: at most one of text, number, day and formula; none of them is an empty cell.</summary>
public sealed record ReportCell
{
    private ReportCell(CellFormat format) => Format = format;

    /// <summary>How it is shown.</summary>
    public CellFormat Format { get; }

    /// <summary>Its text.</summary>
    public string? Words { get; private init; }

    /// <summary>Its number: a count, euro, a ratio.</summary>
    public decimal? Number { get; private init; }

    /// <summary>Its day.</summary>
    public DateOnly? Day { get; private init; }

    /// <summary>What it computes.</summary>
    public CellFormula? Formula { get; private init; }

    /// <summary>Text, and always text: a value that begins with <c>=</c> stays what it is and never becomes a formula.</summary>
    public static ReportCell Text(string? text) => new(CellFormat.Text) { Words = string.IsNullOrEmpty(text) ? null : text };

    /// <summary>A whole number.</summary>
    public static ReportCell Count(long? number) => new(CellFormat.Count) { Number = number };

    /// <summary>An amount.</summary>
    public static ReportCell Money(Money? amount) => new(CellFormat.Money) { Number = amount?.Amount };

    /// <summary>A ratio: 0.057 for 5,7 %.</summary>
    public static ReportCell Percent(decimal? ratio) => new(CellFormat.Percent) { Number = ratio };

    /// <summary>A day.</summary>
    public static ReportCell Date(DateOnly? day) => new(CellFormat.Date) { Day = day };

    /// <summary>A number that is computed from other cells of the table.</summary>
    public static ReportCell Computed(CellFormat format, CellFormula formula) => new(format) { Formula = formula };

    /// <summary>A number in whatever format numbers have.</summary>
    public static ReportCell Of(CellFormat format, decimal? number) => new(format) { Number = number };
}
