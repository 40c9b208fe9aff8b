using System.Buffers.Binary;
using System.Text;
using Association.Platform.Data.Kernel;

namespace Association.Platform.Documents.Excel.Reading;

/// <summary>
/// Goes through the records of an .xls workbook (Excel 95 to 2003, [MS-XLS]) before the library does: counts its cells, and finds what the library does not
/// tell, formulas that failed, rows that Excel hides, and cells that are one.
/// </summary>
internal sealed class OldWorkbookSurvey
{
    private const int HeaderLength = 512;
    private const uint EndOfChain = 0xFFFFFFFE;
    private const int EntryLength = 128;
    private const int SmallStream = 4096; // shorter ones lie in a stream of their own, and no workbook with a row is that short
    private const int Ranges = 65_536;

    private readonly Dictionary<string, SurveyedSheet> _sheets = new(StringComparer.Ordinal);
    private readonly string _fileName;
    private readonly SpreadsheetLimits _limits;
    private int _cells;
    private int _ranges;

    private OldWorkbookSurvey(string fileName, SpreadsheetLimits limits) => (_fileName, _limits) = (fileName, limits);

    /// <summary>Whether days are counted from 1904.</summary>
    public bool From1904 { get; private set; }

    /// <summary>What was found in a sheet; null when it was not looked at.</summary>
    public SurveyedSheet? Of(string? sheet) => _sheets.GetValueOrDefault(sheet ?? "");

    /// <summary>Goes through all sheets.</summary>
    /// <exception cref="SpreadsheetException">It is no workbook, needs a password, or holds more than is allowed.</exception>
    public static OldWorkbookSurvey Read(ReadOnlySpan<byte> file, string fileName, SpreadsheetLimits limits, CancellationToken ct)
    {
        var survey = new OldWorkbookSurvey(fileName, limits);
        var stream = WorkbookStream(file) ?? throw new SpreadsheetException(SpreadsheetProblem.NotASpreadsheet, arguments: fileName);
        survey.ReadGlobals(stream, ct);
        return survey;
    }

    private void ReadGlobals(ReadOnlySpan<byte> stream, CancellationToken ct)
    {
        var places = new List<(string Name, int At)>();
        for (var (at, depth) = (0, 0); Next(stream, at, out var type, out var data); at += 4 + data.Length)
        {
            ct.ThrowIfCancellationRequested();
            if (type is 0x0809 or 0x0409 or 0x0209 or 0x0009)
                depth++;
            else if (type == 0x000A && --depth <= 0)
                break;
            else if (type == 0x002F)
                throw new SpreadsheetException(SpreadsheetProblem.Encrypted, arguments: _fileName);
            else if (type == 0x0022 && data.Length >= 2)
                From1904 = U16(data, 0) == 1;
            else if (type == 0x0085 && data.Length >= 8)
                places.Add((Name(data[6..]), (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(data), int.MaxValue)));
        }
        foreach (var (name, at) in places.DistinctBy(p => p.At))
            ReadSheet(stream, at, name, ct);
    }

    private void ReadSheet(ReadOnlySpan<byte> stream, int start, string name, CancellationToken ct)
    {
        var sheet = _sheets[name] = new SurveyedSheet();
        var hidden = new HashSet<int>();
        for (var (at, depth) = (start, 0); Next(stream, at, out var type, out var data); at += 4 + data.Length)
        {
            ct.ThrowIfCancellationRequested();
            switch (type)
            {
                case 0x0809 or 0x0409 or 0x0209 or 0x0009:
                    depth++;
                    break;
                case 0x000A when --depth <= 0:
                    sheet.HiddenRows.UnionWith(hidden.Intersect(sheet.Rows));
                    return;
                case 0x0208 when data.Length >= 16 && (U16(data, 12) & 0x20) != 0:
                    hidden.Add(U16(data, 0) + 1);
                    break;
                case 0x0006 or 0x0206 or 0x0406 when data.Length >= 14:
                    Count(sheet, name, data, 1);
                    if (U16(data, 12) == 0xFFFF && data[6] == 2)
                        sheet.Errors[(U16(data, 0) + 1, U16(data, 2) + 1)] = Code(data[8]);
                    break;
                case 0x0205 when data.Length >= 8:
                    Count(sheet, name, data, 1);
                    if (data[7] == 1)
                        sheet.Errors[(U16(data, 0) + 1, U16(data, 2) + 1)] = Code(data[6]);
                    break;
                case 0x0204 or 0x00FD or 0x0203 or 0x027E or 0x00D6 when data.Length >= 6:
                    Count(sheet, name, data, 1);
                    break;
                case 0x00BD when data.Length >= 6: // several numbers side by side
                    Count(sheet, name, data, (data.Length - 6) / 6);
                    break;
                case 0x00E5 when data.Length >= 2:
                    Merge(sheet, data);
                    break;
            }
        }
        sheet.HiddenRows.UnionWith(hidden.Intersect(sheet.Rows));
    }

    private void Count(SurveyedSheet sheet, string name, ReadOnlySpan<byte> data, int cells)
    {
        _cells += cells;
        if (_cells > _limits.Cells)
            throw new SpreadsheetException(SpreadsheetProblem.TooManyCells, null, _fileName, _limits.Cells);
        if (sheet.Rows.Add(U16(data, 0) + 1) && sheet.Rows.Count > _limits.Rows)
            throw new SpreadsheetException(SpreadsheetProblem.TooManyRows, null, _fileName, name, new Count(_limits.Rows));
    }

    private void Merge(SurveyedSheet sheet, ReadOnlySpan<byte> data)
    {
        for (var at = 2; at + 8 <= data.Length && _ranges < Ranges; at += 8, _ranges++)
            sheet.Merged.Add(new MergedCells(U16(data, at) + 1, U16(data, at + 4) + 1, U16(data, at + 2) + 1, U16(data, at + 6) + 1));
    }

    private static bool Next(ReadOnlySpan<byte> stream, int at, out int type, out ReadOnlySpan<byte> data)
    {
        type = 0;
        data = default;
        if (at < 0 || at + 4 > stream.Length || at + 4 + U16(stream, at + 2) > stream.Length)
            return false;
        type = U16(stream, at);
        data = stream.Slice(at + 4, U16(stream, at + 2));
        return true;
    }

    // Since Excel 97 a name says how wide its characters are; before, they are of Windows-1252.
    private static string Name(ReadOnlySpan<byte> data)
    {
        var length = data[0];
        if (data.Length >= 2 + 2 * length && data[1] == 1)
            return Encoding.Unicode.GetString(data.Slice(2, 2 * length));
        return data.Length >= 2 + length && data[1] == 0 ? Encoding.Latin1.GetString(data.Slice(2, length)) : Encoding.Latin1.GetString(data[1..]);
    }

    private static string Code(byte error) =>
        error switch
        {
            0x00 => "#NULL!",
            0x07 => "#DIV/0!",
            0x0F => "#VALUE!",
            0x17 => "#REF!",
            0x1D => "#NAME?",
            0x24 => "#NUM!",
            _ => "#N/A",
        };

    // [MS-CFB]: a header, a table that chains sectors, a directory of named streams.
    private static byte[]? WorkbookStream(ReadOnlySpan<byte> file)
    {
        if (file.Length < HeaderLength)
            return null;
        var shift = U16(file, 30);
        if (shift is not (9 or 12))
            return null;
        var sector = 1 << shift;
        var table = Table(file, sector);
        if (Chain(file, table, U32(file, 48), sector, int.MaxValue) is not { } directory)
            return null;
        for (var at = 0; at + EntryLength <= directory.Length; at += EntryLength)
        {
            var entry = directory.AsSpan(at, EntryLength);
            var nameLength = U16(entry, 64);
            if (entry[66] != 2 || nameLength is < 4 or > 64)
                continue;
            var length = U32(entry, 120);
            if (Encoding.Unicode.GetString(entry[..(nameLength - 2)]) is "Workbook" or "Book" && length >= SmallStream)
                return Chain(file, table, U32(entry, 116), sector, (int)Math.Min(length, int.MaxValue));
        }
        return null;
    }

    private static List<uint> Table(ReadOnlySpan<byte> file, int sector)
    {
        var table = new List<uint>();
        for (var i = 0; i < 109; i++)
            Add(file, U32(file, 76 + 4 * i));
        var next = U32(file, 68);
        for (var seen = 0; next < EndOfChain && seen <= file.Length / sector && Sector(file, next, sector) is { Length: > 0 } more; seen++)
        {
            for (var at = 0; at + 4 < sector; at += 4)
                Add(file, U32(more, at));
            next = U32(more, sector - 4);
        }
        return table;

        void Add(ReadOnlySpan<byte> bytes, uint number)
        {
            if (number >= EndOfChain - 2 || table.Count > bytes.Length)
                return;
            var entries = Sector(bytes, number, sector);
            for (var at = 0; at + 4 <= entries.Length; at += 4)
                table.Add(U32(entries, at));
        }
    }

    // A chain that bites its tail ends where the file is used up.
    private static byte[]? Chain(ReadOnlySpan<byte> file, List<uint> table, uint first, int sector, int length)
    {
        using var stream = new MemoryStream();
        for (var number = first; number < EndOfChain - 2 && stream.Length < length; number = number < table.Count ? table[(int)number] : EndOfChain)
        {
            var part = Sector(file, number, sector);
            if (part.IsEmpty || stream.Length > file.Length)
                return null;
            stream.Write(part);
        }
        return stream.Length <= length ? stream.ToArray() : stream.ToArray()[..length];
    }

    private static ReadOnlySpan<byte> Sector(ReadOnlySpan<byte> file, uint number, int sector)
    {
        var at = ((long)number + 1) * sector;
        return at >= file.Length ? default : file.Slice((int)at, (int)Math.Min(sector, file.Length - at));
    }

    private static int U16(ReadOnlySpan<byte> data, int at) => BinaryPrimitives.ReadUInt16LittleEndian(data[at..]);

    private static uint U32(ReadOnlySpan<byte> data, int at) => data.Length >= at + 4 ? BinaryPrimitives.ReadUInt32LittleEndian(data[at..]) : EndOfChain;
}
