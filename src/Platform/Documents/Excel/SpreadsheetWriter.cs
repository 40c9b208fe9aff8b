using System.Globalization;
using System.IO.Compression;
using System.Text;
using Association.Platform.Documents.Archive;
using Association.Platform.Documents.Excel.Writing;

namespace Association.Platform.Documents.Excel;

/// <summary>
/// Writes an .xlsx workbook row by row: memory stays flat however many rows there are, and nothing is ever written synchronously, so the output
/// may be a response body. Each sheet is an Excel table with a bold, frozen header and filters.
/// </summary>
/// <remarks>Not thread-safe. Nothing readable comes out before <see cref="FinishAsync"/>.</remarks>
public sealed class SpreadsheetWriter : IDisposable
{
    /// <summary>The media type of .xlsx.</summary>
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const int LastRow = 1_048_576;
    private const int MeasuredRows = 200;
    private const int Chunk = 48 * 1024;

    private readonly OutputBuffer buffer;
    private readonly ZipArchive zip;
    private readonly string title;
    private readonly DateTimeOffset created;
    private readonly List<string> sheets = [];
    private readonly List<string> sharedTexts = [];
    private readonly SheetText text = new();

    /// <summary>Starts a workbook.</summary>
    /// <param name="output">Written to only, and only asynchronously; left open.</param>
    /// <param name="title">In the file's properties.</param>
    /// <param name="created">In the file's properties and of its parts.</param>
    public SpreadsheetWriter(Stream output, string title, DateTimeOffset created)
    {
        buffer = new OutputBuffer(output);
        zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
        this.title = title;
        this.created = created;
    }

    /// <summary>A workbook of one sheet, begun and finished.</summary>
    public static async Task WriteAsync<T>(
        Stream output, string title, DateTimeOffset created, SheetColumns<T> columns, IAsyncEnumerable<T> rows, CancellationToken ct)
    {
        using var writer = new SpreadsheetWriter(output, title, created);
        await writer.AddSheetAsync(title, columns, rows, ct);
        await writer.FinishAsync(ct);
    }

    /// <summary>Writes a sheet to its end.</summary>
    /// <param name="name">Its tab; what Excel does not allow in it is replaced, a name that is taken gets a number.</param>
    /// <param name="columns">At least one.</param>
    /// <param name="rows">Read once, up to 1,048,575.</param>
    /// <param name="ct">Stops between rows.</param>
    /// <exception cref="InvalidOperationException">More rows than a sheet has.</exception>
    public async Task AddSheetAsync<T>(string name, SheetColumns<T> columns, IAsyncEnumerable<T> rows, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfZero(columns.All.Count, nameof(columns));
        sheets.Add(SheetNames.Allowed(name, sheets));
        var headers = SheetNames.Unique(columns.All.Select(c => c.Header));
        var number = sheets.Count;
        int lastRow;
        using (var part = Entry($"xl/worksheets/sheet{number}.xml").Open())
        {
            lastRow = await WriteRowsAsync(part, headers, columns.All, rows, ct);
            text.Raw("""</sheetData><pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/><tableParts count="1"><tablePart r:id="table"/></tableParts></worksheet>"""u8);
            text.Flush(part);
        }

        await PartAsync($"xl/worksheets/_rels/sheet{number}.xml.rels", WorkbookParts.SheetRelations(number), ct);
        await PartAsync($"xl/tables/table{number}.xml", WorkbookParts.Table(number, headers, Math.Max(lastRow, 2)), ct);
    }

    /// <summary>Writes what remains. A workbook without sheets gets an empty one.</summary>
    public async Task FinishAsync(CancellationToken ct)
    {
        if (sheets.Count == 0)
            await AddSheetAsync(title, new SheetColumns<int>().Text(title, _ => null), AsyncEnumerable.Empty<int>(), ct);
        await PartAsync("[Content_Types].xml", WorkbookParts.ContentTypes(sheets.Count), ct);
        await PartAsync("_rels/.rels", WorkbookParts.PackageRelations(), ct);
        await PartAsync("docProps/core.xml", WorkbookParts.Core(title, created), ct);
        await PartAsync("xl/workbook.xml", WorkbookParts.Workbook(sheets), ct);
        await PartAsync("xl/_rels/workbook.xml.rels", WorkbookParts.WorkbookRelations(sheets.Count), ct);
        await PartAsync("xl/styles.xml", WorkbookParts.Styles(), ct);
        await PartAsync("xl/sharedStrings.xml", WorkbookParts.SharedTexts(sharedTexts), ct);
        zip.Dispose();
        await buffer.DrainAsync(ct);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        zip.Dispose();
        buffer.Dispose();
    }

    private async Task<int> WriteRowsAsync<T>(
        Stream part, IReadOnlyList<string> headers, IReadOnlyList<SheetColumn<T>> columns, IAsyncEnumerable<T> rows, CancellationToken ct)
    {
        // Widths stand before the rows in the file, so the first rows are held back and measured.
        var held = new List<T>(MeasuredRows);
        var letters = Enumerable.Range(1, columns.Count).Select(SpreadsheetCell.LetterOf).ToArray();
        var row = 1;
        await foreach (var item in rows.WithCancellation(ct))
        {
            if (held.Count < MeasuredRows && row == 1)
            {
                held.Add(item);
                continue;
            }

            if (row == 1)
                Begin();
            Row(item);
            if (text.Length > Chunk)
            {
                text.Flush(part);
                await buffer.DrainAsync(ct);
            }
        }

        if (row == 1)
            Begin();
        return row;

        void Begin()
        {
            Opening(headers, columns, held);
            HeaderRow(letters, headers);
            foreach (var item in held)
                Row(item);
        }

        void Row(T item)
        {
            if (row == LastRow)
                throw new InvalidOperationException("A sheet has 1,048,576 rows; this list has more.");
            row++;
            text.OpenRow(row);
            for (var column = 0; column < columns.Count; column++)
                columns[column].Write(text, new CellPlace(letters[column], row), item);
            text.Raw("</row>"u8);
        }
    }

    private void Opening<T>(IReadOnlyList<string> headers, IReadOnlyList<SheetColumn<T>> columns, List<T> measured)
    {
        text.Raw(WorkbookParts.Head);
        text.Raw($"""<worksheet xmlns="{WorkbookParts.Main}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>""");
        for (var column = 0; column < columns.Count; column++)
        {
            // The filter's button covers about three characters of a header.
            var width = Math.Clamp(Math.Max(headers[column].Length + 3, measured.Select(columns[column].Width).DefaultIfEmpty().Max()) + 1.5, 6, 60);
            text.Raw(string.Create(CultureInfo.InvariantCulture, $"""<col min="{column + 1}" max="{column + 1}" width="{width}" customWidth="1"/>"""));
        }

        text.Raw("</cols><sheetData>"u8);
    }

    private void HeaderRow(string[] letters, IReadOnlyList<string> headers)
    {
        text.OpenRow(1);
        for (var column = 0; column < headers.Count; column++)
        {
            text.HeaderCell(new CellPlace(letters[column], 1), sharedTexts.Count);
            sharedTexts.Add(headers[column]);
        }

        text.Raw("</row>"u8);
    }

    private async Task PartAsync(string name, string xml, CancellationToken ct)
    {
        using (var part = Entry(name).Open())
            part.Write(Encoding.UTF8.GetBytes(xml));
        await buffer.DrainAsync(ct);
    }

    private ZipArchiveEntry Entry(string name)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = created.Year >= 1980 ? created : new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return entry;
    }
}
