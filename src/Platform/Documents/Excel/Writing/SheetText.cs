using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Association.Platform.Documents.Excel.Writing;

/// <summary>The XML of a sheet's cells, written as bytes into one reused buffer. A sheet has millions of them, so that nothing is made for a cell.</summary>
internal sealed class SheetText
{
    /// <summary>What Excel keeps in one cell; a longer text makes it call the file damaged.</summary>
    private const int LongestText = 32_767;

    /// <summary>UTF-8 bytes that a UTF-16 character takes at most.</summary>
    private const int BytesOfCharacter = 3;

    private static readonly DateOnly FirstDay = new(1899, 12, 30);

    // Before this day Excel's count is off by one: it believes in a 29 February 1900.
    private static readonly DateOnly FirstSafeDay = new(1900, 3, 1);

    private static readonly byte[] PlainText = Attributes(WorkbookParts.Text, "inlineStr", "<is>");
    private static readonly byte[] QuotedText = Attributes(WorkbookParts.QuotedText, "inlineStr", "<is>");
    private static readonly byte[] SharedText = Attributes(WorkbookParts.Header, "s", "<v>");
    private static readonly byte[] Truth = Attributes(WorkbookParts.Text, "b", "<v>");
    private static readonly byte[] Integer = Attributes(WorkbookParts.Integer, null, "<v>");
    private static readonly byte[] Money = Attributes(WorkbookParts.Money, null, "<v>");
    private static readonly byte[] Date = Attributes(WorkbookParts.Date, null, "<v>");

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789ABCDEFabcdef"u8);

    // Whatever cannot be copied as it is; 0xEF begins the two code points of the plane that XML forbids.
    private static readonly SearchValues<byte> Marked = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(c => (byte)c), .. "<>&\"_"u8, 0xEF]);

    // An unpaired half of a character is left out.
    private static readonly Encoding Utf8 = Encoding.GetEncoding("utf-8", new EncoderReplacementFallback(""), DecoderFallback.ReplacementFallback);

    private readonly byte[] row = new byte[10];
    private int rowDigits;
    private byte[] bytes = new byte[64 * 1024];
    private byte[] transcoded = new byte[1024];

    public int Length { get; private set; }

    public void Flush(Stream output)
    {
        output.Write(bytes, 0, Length);
        Length = 0;
    }

    public void Raw(ReadOnlySpan<byte> xml)
    {
        xml.CopyTo(Room(xml.Length));
        Length += xml.Length;
    }

    public void Raw(string xml) => Length += Utf8.GetBytes(xml, Room(xml.Length * BytesOfCharacter));

    /// <summary>Begins a row; its cells follow.</summary>
    public void OpenRow(int number)
    {
        number.TryFormat(row, out rowDigits, default, CultureInfo.InvariantCulture);
        Raw("<row r=\""u8);
        Raw(row.AsSpan(0, rowDigits));
        Raw("\">"u8);
    }

    public void TextCell(CellStart start, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return;
        var kept = text.Length <= LongestText ? text : string.Concat(text.AsSpan(0, LongestText - 1), "…");
        if (transcoded.Length < kept.Length * BytesOfCharacter)
            transcoded = new byte[BitOperations.RoundUpToPowerOf2((uint)(kept.Length * BytesOfCharacter))];
        Text(start, transcoded.AsSpan(0, Utf8.GetBytes(kept, transcoded)));
    }

    /// <param name="start">Where.</param>
    /// <param name="text">Valid UTF-8; empty for no cell.</param>
    public void TextCell(CellStart start, ReadOnlySpan<byte> text)
    {
        if (text.Length > LongestText)
            TextCell(start, Encoding.UTF8.GetString(text));
        else if (text.Length > 0)
            Text(start, text);
    }

    public void IntegerCell(CellStart start, long? value)
    {
        if (value is { } number)
            Value(start, Integer, number);
    }

    public void MoneyCell(CellStart start, decimal? value)
    {
        if (value is { } amount)
            Value(start, Money, amount);
    }

    public void DateCell(CellStart start, DateOnly? value)
    {
        if (value is not { } date)
            return;
        if (date < FirstSafeDay)
            TextCell(start, date.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture));
        else
            Value(start, Date, date.DayNumber - FirstDay.DayNumber);
    }

    public void BooleanCell(CellStart start, bool? value)
    {
        if (value is { } truth)
            Value(start, Truth, truth ? 1 : 0);
    }

    /// <summary>A header cell: an index into the shared texts, because the names of a table's columns must be found there.</summary>
    public void HeaderCell(CellStart start, int index) => Value(start, SharedText, index);

    private void Text(CellStart start, ReadOnlySpan<byte> text)
    {
        Open(start, text is [(byte)'=' or (byte)'+' or (byte)'-' or (byte)'@' or (byte)'\t' or (byte)'\r', ..] ? QuotedText : PlainText);
        if (text is [not (byte)' ', .., not (byte)' '] && !text.ContainsAny(Marked))
        {
            Raw("<t>"u8);
            Raw(text);
        }
        else
        {
            Raw("<t xml:space=\"preserve\">"u8);
            Escaped(text);
        }

        Raw("</t></is></c>"u8);
    }

    /// <summary>Text as XML content: markup escaped, what XML 1.0 forbids left out, what Excel would take for its own escapes kept as it is.</summary>
    private void Escaped(ReadOnlySpan<byte> text)
    {
        while (text.IndexOfAny(Marked) is >= 0 and var at)
        {
            Raw(text[..at]);
            text = text[at..];
            var length = 1;
            switch (text[0])
            {
                case (byte)'<':
                    Raw("&lt;"u8);
                    break;
                case (byte)'>':
                    Raw("&gt;"u8);
                    break;
                case (byte)'&':
                    Raw("&amp;"u8);
                    break;
                case (byte)'"':
                    Raw("&quot;"u8);
                    break;
                case (byte)'_':
                    Raw(IsExcelEscape(text) ? "_x005F_"u8 : "_"u8);
                    break;
                case (byte)'\t' or (byte)'\n':
                    Raw(text[..1]);
                    break;
                case 0xEF: // U+FFFE and U+FFFF
                    length = 3;
                    if (text is not [_, 0xBF, 0xBE or 0xBF, ..])
                        Raw(text[..3]);
                    break;
            }

            text = text[length..];
        }

        Raw(text);
    }

    // ECMA-376 part 1, 22.4.2.4: _xHHHH_ stands for a character.
    private static bool IsExcelEscape(ReadOnlySpan<byte> text) =>
        text.Length >= 7 && text[1] == 'x' && text[6] == '_' && !text[2..6].ContainsAnyExcept(HexDigits);

    private void Value<TNumber>(CellStart start, ReadOnlySpan<byte> attributes, TNumber number)
        where TNumber : IUtf8SpanFormattable
    {
        Open(start, attributes);
        number.TryFormat(Room(40), out var written, default, CultureInfo.InvariantCulture);
        Length += written;
        Raw("</v></c>"u8);
    }

    private void Open(CellStart start, ReadOnlySpan<byte> attributes)
    {
        Raw(start.Bytes);
        Raw(row.AsSpan(0, rowDigits));
        Raw(attributes);
    }

    private Span<byte> Room(int size)
    {
        if (bytes.Length - Length < size)
            Array.Resize(ref bytes, (int)BitOperations.RoundUpToPowerOf2((uint)(Length + size)));
        return bytes.AsSpan(Length, size);
    }

    // What stands between a cell's place and its value.
    private static byte[] Attributes(int style, string? type, string opening) =>
        Encoding.ASCII.GetBytes($"\"{(style == WorkbookParts.Text ? "" : $" s=\"{style}\"")}{(type is null ? "" : $" t=\"{type}\"")}>{opening}");
}

/// <summary>How the cells of a column begin; the number of the row follows.</summary>
/// <param name="column">1-based.</param>
internal readonly struct CellStart(int column)
{
    private readonly byte[] bytes = Encoding.ASCII.GetBytes("<c r=\"" + SpreadsheetCell.LetterOf(column));

    public ReadOnlySpan<byte> Bytes => bytes;
}
