using System.Text;

namespace Association.Testing.Files;

/// <summary>An .xls workbook of one small sheet (Excel 97 to 2003), written record by record.</summary>
/// <remarks>A string becomes a text, a number a number, a <see cref="DateOnly"/> a day, <c>"=#REF!"</c> a formula that failed, null nothing.</remarks>
public sealed class OldWorkbook(params object?[][] rows)
{
    private const int Sector = 512;
    private const int SmallStream = 4096;
    private const int DayFormat = 14;

    /// <summary>Rows that Excel does not show, from 0.</summary>
    public IReadOnlyCollection<int> Hidden { get; init; } = [];

    /// <summary>Cells that are one: first row, last row, first column, last column, from 0.</summary>
    public (int FirstRow, int LastRow, int FirstColumn, int LastColumn)? Merged { get; init; }

    /// <summary>The sheet's tab.</summary>
    public string Sheet { get; init; } = "Liste";

    public byte[] Bytes()
    {
        var sheet = WriteSheet();
        var head = WriteGlobals(0);
        var stream = WriteGlobals(head.Length).Concat(sheet).ToArray();
        Array.Resize(ref stream, Math.Max(SmallStream, (stream.Length + Sector - 1) / Sector * Sector));
        return Compound(stream);
    }

    private byte[] WriteGlobals(int sheetAt) =>
        [
            .. Record(0x0809, W(0x0600), W(0x0005), W(0), W(0), D(0), D(0)),
            .. Record(0x0042, W(1200)),
            .. Record(0x0022, W(0)),
            .. Format(0),
            .. Format(DayFormat),
            .. Record(0x0085, D(sheetAt), [0, 0, (byte)Sheet.Length, 0], Encoding.Latin1.GetBytes(Sheet)),
            .. Record(0x000A),
        ];

    private byte[] WriteSheet()
    {
        var records = new List<byte>();
        var columns = rows.Max(r => r.Length);
        records.AddRange(Record(0x0809, W(0x0600), W(0x0010), W(0), W(0), D(0), D(0)));
        records.AddRange(Record(0x0200, D(0), D(rows.Length), W(0), W(columns), W(0)));
        for (var row = 0; row < rows.Length; row++)
            records.AddRange(Record(0x0208, W(row), W(0), W(columns), W(Hidden.Contains(row) ? 0 : 255), W(0), W(0), W(Hidden.Contains(row) ? 0x20 : 0), W(0)));
        for (var row = 0; row < rows.Length; row++)
        for (var column = 0; column < rows[row].Length; column++)
            records.AddRange(Cell(row, column, rows[row][column]));
        if (Merged is var (firstRow, lastRow, firstColumn, lastColumn))
            records.AddRange(Record(0x00E5, W(1), W(firstRow), W(lastRow), W(firstColumn), W(lastColumn)));
        records.AddRange(Record(0x000A));
        return [.. records];
    }

    private static byte[] Cell(int row, int column, object? value) =>
        value switch
        {
            null => [],
            "=#REF!" => Record(0x0006, W(row), W(column), W(0), [2, 0, 0x17, 0, 0, 0, 0xFF, 0xFF], W(0), D(0), W(0)),
            string text => Record(0x0204, W(row), W(column), W(0), W(text.Length), [1], Encoding.Unicode.GetBytes(text)),
            DateOnly day => Number(row, column, 1, day.DayNumber - new DateOnly(1899, 12, 30).DayNumber),
            _ => Number(row, column, 0, Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture)),
        };

    private static byte[] Number(int row, int column, int format, double value) => Record(0x0203, W(row), W(column), W(format), BitConverter.GetBytes(value));

    private static byte[] Format(int number) => Record(0x00E0, W(0), W(number), new byte[16]);

    private static byte[] Record(int type, params byte[][] parts)
    {
        var data = parts.SelectMany(p => p).ToArray();
        return [.. W(type), .. W(data.Length), .. data];
    }

    private static byte[] W(int value) => BitConverter.GetBytes((ushort)value);

    private static byte[] D(int value) => BitConverter.GetBytes(value);

    // One sector of chains, one of the directory, then the stream.
    private static byte[] Compound(byte[] stream)
    {
        var file = new byte[(3 * Sector) + stream.Length];
        byte[] header =
        [
            .. new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 },
            .. new byte[16],
            .. W(0x3E),
            .. W(3),
            .. W(0xFFFE),
            .. W(9),
            .. W(6),
            .. new byte[6],
            .. D(0),
            .. D(1),
            .. D(1),
            .. D(0),
            .. D(SmallStream),
            .. D(-2),
            .. D(0),
            .. D(-2),
            .. D(0),
            .. D(0),
        ];
        Array.Fill(file, (byte)0xFF, 0, 2 * Sector);
        header.CopyTo(file, 0);
        var sectors = stream.Length / Sector;
        D(-3).CopyTo(file, Sector);
        D(-2).CopyTo(file, Sector + 4);
        for (var i = 0; i < sectors; i++)
            D(i + 1 < sectors ? i + 3 : -2).CopyTo(file, Sector + 8 + (4 * i));
        Entry("Root Entry", 5, 1, -2, 0).CopyTo(file, 2 * Sector);
        Entry("Workbook", 2, -1, 2, stream.Length).CopyTo(file, (2 * Sector) + 128);
        stream.CopyTo(file, 3 * Sector);
        return file;
    }

    private static byte[] Entry(string name, byte type, int child, int start, int size)
    {
        var entry = new byte[128];
        Encoding.Unicode.GetBytes(name).CopyTo(entry, 0);
        W((name.Length + 1) * 2).CopyTo(entry, 64);
        (entry[66], entry[67]) = (type, 1);
        D(-1).CopyTo(entry, 68);
        D(-1).CopyTo(entry, 72);
        D(child).CopyTo(entry, 76);
        D(start).CopyTo(entry, 116);
        D(size).CopyTo(entry, 120);
        return entry;
    }
}
