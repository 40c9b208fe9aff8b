using Association.Platform.Data.Kernel;

namespace Association.Platform.Documents.Excel;

/// <summary>What a cell holds.</summary>
public enum CellKind
{
    /// <summary>Nothing, or only blanks.</summary>
    Empty,

    /// <summary>Text, or anything in a CSV file.</summary>
    Text,

    /// <summary>A number without a date format; beware: 41306 may still be a date that lost its format.</summary>
    Number,

    /// <summary>A number with a date format.</summary>
    Date,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A formula that failed: <c>#DIV/0!</c>, <c>#REF!</c>, … or has no value yet: <see cref="SpreadsheetCell.NotComputed"/>.</summary>
    Error,
}

/// <summary>A cell with its place, its raw value and what a person sees.</summary>
public readonly record struct SpreadsheetCell
{
    /// <summary>The code of a formula that was never computed: a program wrote it, and no Excel has opened the file since.</summary>
    public const string NotComputed = "=";

    private readonly double number;

    private SpreadsheetCell(int row, int column, CellKind kind, string text, double number = 0)
    {
        Row = row;
        Column = column;
        Kind = kind;
        Text = text;
        this.number = number;
    }

    /// <summary>1-based, as Excel shows it.</summary>
    public int Row { get; }

    /// <summary>1-based.</summary>
    public int Column { get; }

    /// <summary>The column as Excel shows it: A, B, … Z, AA.</summary>
    public string ColumnLetter => LetterOf(Column);

    /// <summary>What it holds.</summary>
    public CellKind Kind { get; }

    /// <summary>
    /// What a person sees, untrimmed: text as typed, numbers with decimal comma and without grouping (<c>1812,37</c>; <c>01234</c> under the format 00000,
    /// <c>L-1526</c> under "L-"0000), dates as <c>24.06.2023</c> (with a time if it has one), <c>WAHR</c>/<c>FALSCH</c>, the error's code, and nothing for an empty cell.
    /// </summary>
    public string Text { get; }

    /// <summary>What stands in the file, with the characters written out that nobody sees and <see cref="Text"/> leaves out; null when there are none.</summary>
    public string? Unseen { get; private init; }

    /// <summary>The number of a <see cref="CellKind.Number"/>; null for other kinds and beyond the range of <see cref="decimal"/>.</summary>
    /// <remarks>Fifteen significant digits, which is what Excel keeps and shows: 0.1 + 0.2 reads 0.3.</remarks>
    public decimal? Number => Kind == CellKind.Number && Math.Abs(number) < 1e27 ? (decimal)number : null;

    /// <summary>Whether the number's format is one of dates or times.</summary>
    public bool HasDateFormat => Kind == CellKind.Date;

    /// <summary>The instant of a <see cref="CellKind.Date"/> as written in the file, without time zone; null for other kinds.</summary>
    public DateTime? Date => Kind == CellKind.Date ? new DateTime((long)number * TimeSpan.TicksPerSecond, DateTimeKind.Unspecified) : null;

    /// <summary>The value of a <see cref="CellKind.Boolean"/>; null for other kinds.</summary>
    public bool? Boolean => Kind == CellKind.Boolean ? number != 0 : null;

    /// <summary>Whether there is nothing to read.</summary>
    public bool IsEmpty => Kind == CellKind.Empty;

    /// <summary>The letters of a 1-based column: 1 → A, 27 → AA.</summary>
    public static string LetterOf(int column)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(column, 1);
        Span<char> letters = stackalloc char[7];
        var start = letters.Length;
        for (var rest = column; rest > 0; rest = (rest - 1) / 26)
            letters[--start] = (char)('A' + ((rest - 1) % 26));
        return new string(letters[start..]);
    }

    internal static SpreadsheetCell EmptyAt(int row, int column) => new(row, column, CellKind.Empty, "");

    // What cannot be seen in a cell is not in it.
    internal static SpreadsheetCell OfText(int row, int column, string text) =>
        CleanText.Lines(text) is var clean && string.IsNullOrWhiteSpace(clean)
            ? EmptyAt(row, column)
            : new(row, column, CellKind.Text, clean) { Unseen = ReferenceEquals(clean, text) ? null : CleanText.LostFrom(text) };

    internal static SpreadsheetCell OfNumber(int row, int column, double number, string shown) => new(row, column, CellKind.Number, shown, number);

    // Whole seconds: a double holds them exactly, and the fractions in a file are mostly rounding errors of Excel's day numbers.
    internal static SpreadsheetCell OfDate(int row, int column, DateTime date, string shown) =>
        new(row, column, CellKind.Date, shown, date.Ticks / TimeSpan.TicksPerSecond);

    internal static SpreadsheetCell OfBoolean(int row, int column, bool value) => new(row, column, CellKind.Boolean, value ? "WAHR" : "FALSCH", value ? 1 : 0);

    internal static SpreadsheetCell OfError(int row, int column, string code) => new(row, column, CellKind.Error, code);
}
