using System.Buffers;
using System.Globalization;
using System.Text;

namespace Association.Platform.Documents.Excel.Writing;

/// <summary>The XML of a sheet's cells, written as bytes into one reused buffer.</summary>
internal sealed class SheetText
{
    /// <summary>What Excel keeps in one cell; a longer text makes it call the file damaged.</summary>
    private const int LongestText = 32_767;

    private static readonly DateOnly FirstDay = new(1899, 12, 30);

    // Before this day Excel's count is off by one: it believes in a 29 February 1900.
    private static readonly DateOnly FirstSafeDay = new(1900, 3, 1);

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789ABCDEFabcdef");

    private readonly ArrayBufferWriter<byte> buffer = new(64 * 1024);

    public int Length => buffer.WrittenCount;

    public void Flush(Stream output)
    {
        output.Write(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
    }

    public void Raw(ReadOnlySpan<byte> xml) => buffer.Write(xml);

    public void Raw(string xml) => Encoding.UTF8.GetBytes(xml, buffer);

    public void TextCell(string place, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return;
        Open(place, text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? WorkbookParts.QuotedText : WorkbookParts.Text);
        Raw(" t=\"inlineStr\"><is><t xml:space=\"preserve\">"u8);
        Escaped(text.Length <= LongestText ? text : string.Concat(text.AsSpan(0, LongestText - 1), "…"));
        Raw("</t></is></c>"u8);
    }

    public void IntegerCell(string place, long? value)
    {
        if (value is { } number)
            Value(place, WorkbookParts.Integer, number);
    }

    public void MoneyCell(string place, decimal? value)
    {
        if (value is { } amount)
            Value(place, WorkbookParts.Money, amount);
    }

    public void DateCell(string place, DateOnly? value)
    {
        if (value is not { } date)
            return;
        if (date < FirstSafeDay)
            TextCell(place, date.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture));
        else
            Value(place, WorkbookParts.Date, date.DayNumber - FirstDay.DayNumber);
    }

    public void BooleanCell(string place, bool? value)
    {
        if (value is not { } truth)
            return;
        Open(place, WorkbookParts.Text);
        Raw(truth ? " t=\"b\"><v>1</v></c>"u8 : " t=\"b\"><v>0</v></c>"u8);
    }

    /// <summary>A header cell: an index into the shared texts, because the names of a table's columns must be found there.</summary>
    public void HeaderCell(string place, int index)
    {
        Open(place, WorkbookParts.Header);
        Raw(" t=\"s\"><v>"u8);
        Number(index);
        Raw("</v></c>"u8);
    }

    /// <summary>Text as XML content: markup escaped, what XML 1.0 forbids left out, what Excel would take for its own escapes kept as it is.</summary>
    public void Escaped(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '<': Raw("&lt;"u8); break;
                case '>': Raw("&gt;"u8); break;
                case '&': Raw("&amp;"u8); break;
                case '"': Raw("&quot;"u8); break;
                case '_' when IsExcelEscape(text[i..]): Raw("_x005F_"u8); break;
                case < ' ' and not ('\t' or '\n'): break;
                case '\uFFFE' or '\uFFFF': break;
                case < '\x80': buffer.GetSpan(1)[0] = (byte)c; buffer.Advance(1); break;
                default:
                    if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                        Encoding.UTF8.GetBytes(text.Slice(i++, 2), buffer);
                    else if (!char.IsSurrogate(c))
                        Encoding.UTF8.GetBytes(text.Slice(i, 1), buffer);
                    break;
            }
        }
    }

    // ECMA-376 part 1, 22.4.2.4: _xHHHH_ stands for a character.
    private static bool IsExcelEscape(ReadOnlySpan<char> text) =>
        text.Length >= 7 && text[1] == 'x' && text[6] == '_' && !text[2..6].ContainsAnyExcept(HexDigits);

    private void Value<TNumber>(string place, int style, TNumber number) where TNumber : IUtf8SpanFormattable
    {
        Open(place, style);
        Raw("><v>"u8);
        Number(number);
        Raw("</v></c>"u8);
    }

    private void Open(string place, int style)
    {
        Raw("<c r=\""u8);
        Raw(place);
        Raw("\" s=\""u8);
        Number(style);
        Raw("\""u8);
    }

    private void Number<TNumber>(TNumber number) where TNumber : IUtf8SpanFormattable
    {
        number.TryFormat(buffer.GetSpan(40), out var written, default, CultureInfo.InvariantCulture);
        buffer.Advance(written);
    }
}
