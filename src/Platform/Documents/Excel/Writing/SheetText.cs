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

    // Whatever cannot be copied as it is, but surrogates and the two last code points of the plane.
    private static readonly SearchValues<char> Marked = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(c => (char)c).Except(['\t', '\n']), '<', '>', '&', '"', '_']);

    private readonly ArrayBufferWriter<byte> buffer = new(64 * 1024);

    public int Length => buffer.WrittenCount;

    public void Flush(Stream output)
    {
        output.Write(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
    }

    public void Raw(ReadOnlySpan<byte> xml) => buffer.Write(xml);

    public void Raw(string xml) => Encoding.UTF8.GetBytes(xml, buffer);

    /// <summary>Begins a row.</summary>
    public void OpenRow(int row)
    {
        Raw("<row r=\""u8);
        Number(row);
        Raw("\">"u8);
    }

    public void TextCell(CellPlace place, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return;
        Open(place, text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? WorkbookParts.QuotedText : WorkbookParts.Text);
        Raw(" t=\"inlineStr\"><is><t xml:space=\"preserve\">"u8);
        Escaped(text.Length <= LongestText ? text : string.Concat(text.AsSpan(0, LongestText - 1), "…"));
        Raw("</t></is></c>"u8);
    }

    public void IntegerCell(CellPlace place, long? value)
    {
        if (value is { } number)
            Value(place, WorkbookParts.Integer, number);
    }

    public void MoneyCell(CellPlace place, decimal? value)
    {
        if (value is { } amount)
            Value(place, WorkbookParts.Money, amount);
    }

    public void DateCell(CellPlace place, DateOnly? value)
    {
        if (value is not { } date)
            return;
        if (date < FirstSafeDay)
            TextCell(place, date.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture));
        else
            Value(place, WorkbookParts.Date, date.DayNumber - FirstDay.DayNumber);
    }

    public void BooleanCell(CellPlace place, bool? value)
    {
        if (value is not { } truth)
            return;
        Open(place, WorkbookParts.Text);
        Raw(truth ? " t=\"b\"><v>1</v></c>"u8 : " t=\"b\"><v>0</v></c>"u8);
    }

    /// <summary>A header cell: an index into the shared texts, because the names of a table's columns must be found there.</summary>
    public void HeaderCell(CellPlace place, int index)
    {
        Open(place, WorkbookParts.Header);
        Raw(" t=\"s\"><v>"u8);
        Number(index);
        Raw("</v></c>"u8);
    }

    /// <summary>Text as XML content: markup escaped, what XML 1.0 forbids left out, what Excel would take for its own escapes kept as it is.</summary>
    /// <remarks>Most texts hold nothing of the kind and are copied as a whole.</remarks>
    public void Escaped(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny(Marked) is >= 0 and var at)
        {
            Plain(text[..at]);
            switch (text[at])
            {
                case '<': Raw("&lt;"u8); break;
                case '>': Raw("&gt;"u8); break;
                case '&': Raw("&amp;"u8); break;
                case '"': Raw("&quot;"u8); break;
                case '_': Raw(IsExcelEscape(text[at..]) ? "_x005F_"u8 : "_"u8); break;
            }

            text = text[(at + 1)..];
        }

        Plain(text);
    }

    private void Plain(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAnyInRange('\uD800', '\uDFFF') && !text.ContainsAnyInRange('\uFFFE', '\uFFFF'))
        {
            Encoding.UTF8.GetBytes(text, buffer);
            return;
        }

        foreach (var rune in text.EnumerateRunes())
        {
            // An unpaired half reads as the replacement character.
            if (rune == Rune.ReplacementChar || rune.Value is 0xFFFE or 0xFFFF)
                continue;
            buffer.Advance(rune.EncodeToUtf8(buffer.GetSpan(4)));
        }
    }

    // ECMA-376 part 1, 22.4.2.4: _xHHHH_ stands for a character.
    private static bool IsExcelEscape(ReadOnlySpan<char> text) =>
        text.Length >= 7 && text[1] == 'x' && text[6] == '_' && !text[2..6].ContainsAnyExcept(HexDigits);

    private void Value<TNumber>(CellPlace place, int style, TNumber number) where TNumber : IUtf8SpanFormattable
    {
        Open(place, style);
        Raw("><v>"u8);
        Number(number);
        Raw("</v></c>"u8);
    }

    private void Open(CellPlace place, int style)
    {
        Raw("<c r=\""u8);
        Raw(place.Column);
        Number(place.Row);
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

/// <summary>Where a cell is: „B“ and 7. No text is made of it, because a sheet has millions.</summary>
internal readonly record struct CellPlace(string Column, int Row);
