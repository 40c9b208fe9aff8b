using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;

namespace Association.Board.Tests.Reading;

/// <summary>A workbook as it lies in its file, read without computing anything: a sum that shows is a sum that was stored.</summary>
internal sealed class Workbook
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static readonly XNamespace Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private readonly Dictionary<string, XDocument> _parts = new(StringComparer.Ordinal);

    public Workbook(ReadOnlyMemory<byte> bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes.ToArray()));
        foreach (
            var entry in zip.Entries.Where(e => e.FullName.EndsWith(".xml", StringComparison.Ordinal) || e.FullName.EndsWith(".rels", StringComparison.Ordinal))
        )
        {
            using var stream = entry.Open();
            _parts[entry.FullName] = XDocument.Load(stream);
        }
        var targets = Part("xl/_rels/workbook.xml.rels")
            .Root!.Elements()
            .ToDictionary(r => (string)r.Attribute("Id")!, r => ((string)r.Attribute("Target")!).TrimStart('/'));
        Sheets = Part("xl/workbook.xml")
            .Descendants(Main + "sheet")
            .ToDictionary(
                s => (string)s.Attribute("name")!,
                s => new Sheet(this, targets[(string)s.Attribute(Relations + "id")!] is var t && t.StartsWith("xl/", StringComparison.Ordinal) ? t : "xl/" + t)
            );
    }

    public IReadOnlyDictionary<string, Sheet> Sheets { get; }

    public XDocument Part(string name) => _parts[name];

    public IEnumerable<(string Name, XDocument Xml)> Parts => _parts.Select(p => (p.Key, p.Value));

    public IEnumerable<(string Name, string Value)> DefinedNames =>
        Part("xl/workbook.xml").Descendants(Main + "definedName").Select(d => ((string)d.Attribute("name")!, d.Value));

    private IReadOnlyList<string>? _shared;

    private IReadOnlyList<string> Shared =>
        _shared ??= [.. Part("xl/sharedStrings.xml").Root!.Elements(Main + "si").Select(i => string.Concat(i.Descendants(Main + "t").Select(t => t.Value)))];

    /// <summary>A cell: what it shows (text, or a number in the invariant form), and its formula.</summary>
    public sealed record Cell(string Address, string? Text, decimal? Number, string? Formula, bool IsString, int Style);

    internal sealed class Sheet
    {
        private readonly Dictionary<(int Row, int Column), Cell> _cells;

        public Sheet(Workbook book, string part)
        {
            Xml = book.Part(part);
            _cells = Xml.Descendants(Main + "c").Select(c => Read(book, c)).ToDictionary(c => Place(c.Address));
            Tables =
            [
                .. book
                    .Parts.Where(p => p.Name.StartsWith("xl/tables/", StringComparison.Ordinal) && TablesOf(book, part).Contains(p.Name))
                    .Select(p => new Table(this, p.Xml)),
            ];
        }

        public XDocument Xml { get; }

        public IReadOnlyList<Table> Tables { get; }

        public Cell? At(int row, int column) => _cells.GetValueOrDefault((row, column));

        public IEnumerable<Cell> Cells => _cells.Values;

        public Table Named(string name) => Tables.Single(t => t.Name == name);

        private static IEnumerable<string> TablesOf(Workbook book, string part)
        {
            var relations = part.Replace("worksheets/", "worksheets/_rels/", StringComparison.Ordinal) + ".rels";
            return !book._parts.TryGetValue(relations, out var xml)
                ? []
                : xml.Root!.Elements().Select(r => "xl/tables/" + ((string)r.Attribute("Target")!).Split('/')[^1]);
        }

        private static Cell Read(Workbook book, XElement c)
        {
            var (type, value) = ((string?)c.Attribute("t"), (string?)c.Element(Main + "v"));
            var text = type switch
            {
                "s" when value is not null => book.Shared[int.Parse(value, CultureInfo.InvariantCulture)],
                "inlineStr" => string.Concat(c.Descendants(Main + "t").Select(t => t.Value)),
                "str" => value ?? "",
                _ => null,
            };
            return new Cell(
                (string)c.Attribute("r")!,
                text,
                text is null && value is not null ? decimal.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture) : null,
                (string?)c.Element(Main + "f"),
                text is not null,
                (int?)c.Attribute("s") ?? 0
            );
        }
    }

    /// <summary>An Excel table: header, rows, and totals where it has them.</summary>
    internal sealed class Table
    {
        private readonly Sheet _sheet;
        private readonly (int Row, int Column) _from;
        private readonly (int Row, int Column) _to;

        public Table(Sheet sheet, XDocument xml)
        {
            (_sheet, Xml, Name) = (sheet, xml, (string)xml.Root!.Attribute("name")!);
            var area = ((string)xml.Root.Attribute("ref")!).Split(':');
            (_from, _to) = (Place(area[0]), Place(area[1]));
            HasTotals = (int?)xml.Root.Attribute("totalsRowCount") == 1;
            Headers = [.. xml.Descendants(Main + "tableColumn").Select(c => (string)c.Attribute("name")!)];
        }

        public XDocument Xml { get; }

        public string Name { get; }

        public bool HasTotals { get; }

        public int HeaderRow => _from.Row;

        public IReadOnlyList<string> Headers { get; }

        public bool HasFilters => Xml.Root!.Element(Main + "autoFilter") is not null;

        /// <summary>Rows as header → shown value: a text, or a number.</summary>
        public IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows =>
            [.. Enumerable.Range(_from.Row + 1, _to.Row - _from.Row - (HasTotals ? 1 : 0)).Select(Row)];

        public IReadOnlyDictionary<string, object?> Totals => Row(_to.Row);

        public IEnumerable<Cell> Formulas =>
            from row in Enumerable.Range(_from.Row + 1, _to.Row - _from.Row)
            from column in Enumerable.Range(_from.Column, Headers.Count)
            where _sheet.At(row, column) is { Formula: not null }
            select _sheet.At(row, column)!;

        private IReadOnlyDictionary<string, object?> Row(int row) =>
            Headers
                .Select((header, i) => (header, cell: _sheet.At(row, _from.Column + i)))
                .ToDictionary(c => c.header, c => c.cell?.Text is { Length: > 0 } text ? text : (object?)c.cell?.Number);
    }

    private static (int Row, int Column) Place(string address)
    {
        var letters = address.TakeWhile(char.IsAsciiLetter).ToArray();
        return (int.Parse(address.AsSpan(letters.Length), CultureInfo.InvariantCulture), letters.Aggregate(0, (sum, c) => sum * 26 + c - 'A' + 1));
    }
}
