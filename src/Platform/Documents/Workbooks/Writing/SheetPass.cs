using System.Globalization;
using System.Xml;

namespace Association.Platform.Documents.Workbooks.Writing;

/// <summary>Copies a sheet from its first to its last element, with what it lacked in its places; one row is in memory at a time.</summary>
internal sealed class SheetPass(XmlReader reader, XmlWriter writer, SheetRest rest, TextStyles texts)
{
    private readonly Dictionary<int, int> _styles = []; // of the row that was read last, by column
    private readonly Queue<LongRows> _waiting = new(rest.Rows);
    private int _row;

    public void Run()
    {
        var go = reader.Read();
        while (go)
            go = reader.NodeType switch
            {
                XmlNodeType.Element when reader.LocalName == "dimension" => Dimension(),
                XmlNodeType.Element when reader.LocalName == "row" => Row(),
                XmlNodeType.Element when reader.LocalName == "c" => Cell(),
                XmlNodeType.EndElement when reader.LocalName == "sheetData" => End(),
                _ => Copy(),
            };
    }

    /// <summary>A formula and its value; the cell is begun. An empty text is what the formula answers where there is no value.</summary>
    public static void Value(XmlWriter writer, string prefix, string space, string formula, decimal? value)
    {
        if (value is null)
            writer.WriteAttributeString("t", "str");
        writer.WriteElementString(prefix, "f", space, formula);
        writer.WriteElementString(prefix, "v", space, value is { } number ? TextStyles.Of(number) : "");
    }

    private bool Dimension()
    {
        var (prefix, space, all) = (reader.Prefix, reader.NamespaceURI, reader.GetAttribute("ref") ?? "A1");
        var last = rest.Rows.Select(r => r.Last).DefaultIfEmpty(0).Max();
        if (all.Split(':') is [var from, var to] && int.TryParse(to.AsSpan(to.IndexOfAnyInRange('0', '9')), CultureInfo.InvariantCulture, out var known))
            all = $"{from}:{to[..to.IndexOfAnyInRange('0', '9')]}{Math.Max(known, last).ToString(CultureInfo.InvariantCulture)}";
        writer.WriteStartElement(prefix, "dimension", space);
        writer.WriteAttributeString("ref", all);
        writer.WriteEndElement();
        reader.Skip();
        return !reader.EOF;
    }

    private bool Row()
    {
        var row = int.Parse(reader.GetAttribute("r")!, CultureInfo.InvariantCulture);
        WriteWaiting(before: row);
        if (rest.Rows.Exists(r => r.Has(row)))
        {
            reader.Skip(); // an empty one in the place of ours
            return !reader.EOF;
        }
        _row = row;
        _styles.Clear();
        return Copy();
    }

    private bool Cell()
    {
        var address = reader.GetAttribute("r")!;
        _styles[ColumnOf(address)] = int.TryParse(reader.GetAttribute("s"), CultureInfo.InvariantCulture, out var style) ? style : 0;
        if (!rest.Computed.TryGetValue(address, out var known))
            return Copy();
        var (prefix, space) = (reader.Prefix, reader.NamespaceURI);
        writer.WriteStartElement(prefix, "c", space);
        for (var more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
            if (reader.LocalName != "t")
                writer.WriteAttributeString(reader.Prefix, reader.LocalName, reader.NamespaceURI, reader.Value);
        reader.MoveToElement();
        Value(writer, prefix, space, known.Formula, known.Value);
        writer.WriteEndElement();
        reader.Skip();
        return !reader.EOF;
    }

    private bool End()
    {
        WriteWaiting(before: int.MaxValue);
        return Copy();
    }

    private void WriteWaiting(int before)
    {
        while (_waiting.TryPeek(out var rows) && rows.Pattern < before)
        {
            if (rows.Pattern != _row)
                throw new InvalidOperationException($"The row {rows.Pattern}, in whose styles others are to be written, is not there.");
            _waiting.Dequeue();
            for (var row = rows.Pattern + 1; row <= rows.Last; row++)
                rows.Write(writer, reader.Prefix, reader.NamespaceURI, row, _styles, texts);
        }
    }

    private bool Copy()
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                writer.WriteStartElement(reader.Prefix, reader.LocalName, reader.NamespaceURI);
                writer.WriteAttributes(reader, defattr: false);
                if (reader.IsEmptyElement)
                    writer.WriteEndElement();
                break;
            case XmlNodeType.EndElement:
                writer.WriteEndElement();
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA:
                writer.WriteString(reader.Value);
                break;
            case XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                writer.WriteWhitespace(reader.Value);
                break;
        }
        return reader.Read();
    }

    private static int ColumnOf(string address)
    {
        var column = 0;
        foreach (var letter in address.TakeWhile(char.IsAsciiLetterUpper))
            column = (column * 26) + letter - 'A' + 1;
        return column;
    }
}
