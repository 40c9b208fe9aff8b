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
    private const int FilterButton = 3; // covers about so many characters of a header
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
    /// <returns>How many rows it has under its header.</returns>
    public static async Task<int> WriteAsync<T>(
        Stream output,
        string title,
        DateTimeOffset created,
        SheetColumns<T> columns,
        IAsyncEnumerable<T> rows,
        CancellationToken ct
    )
    {
        using var writer = new SpreadsheetWriter(output, title, created);
        var written = await writer.AddSheetAsync(title, columns, rows, ct);
        await writer.FinishAsync(ct);
        return written;
    }

    /// <summary>Writes a sheet to its end.</summary>
    /// <param name="name">Its tab; what Excel does not allow in it is replaced, a name that is taken gets a number.</param>
    /// <param name="columns">At least one.</param>
    /// <param name="rows">Read once, up to 1,048,575; each only until the next one, so that they may be one object.</param>
    /// <param name="ct">Stops between rows.</param>
    /// <returns>How many rows it has under its header.</returns>
    /// <exception cref="InvalidOperationException">More rows than a sheet has.</exception>
    public async Task<int> AddSheetAsync<T>(string name, SheetColumns<T> columns, IAsyncEnumerable<T> rows, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfZero(columns.All.Count, nameof(columns));
        sheets.Add(SheetNames.Allowed(name, sheets));
        var headers = SheetNames.Unique(columns.All.Select(c => c.Header));
        var number = sheets.Count;
        int lastRow;
        using (var part = Entry($"xl/worksheets/sheet{number}.xml").Open())
        {
            lastRow = await WriteRowsAsync(part, headers, columns.All, rows, ct);
            text.Raw(
                """</sheetData><pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/><tableParts count="1"><tablePart r:id="table"/></tableParts></worksheet>"""u8
            );
            text.Flush(part);
        }

        await PartAsync($"xl/worksheets/_rels/sheet{number}.xml.rels", WorkbookParts.SheetRelations(number), ct);
        await PartAsync($"xl/tables/table{number}.xml", WorkbookParts.Table(number, headers, Math.Max(lastRow, 2)), ct);
        return lastRow - 1;
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
        Stream part,
        IReadOnlyList<string> headers,
        IReadOnlyList<SheetColumn<T>> columns,
        IAsyncEnumerable<T> rows,
        CancellationToken ct
    )
    {
        var starts = Enumerable.Range(1, columns.Count).Select(column => new CellStart(column)).ToArray();
        // Widths stand before the rows in the file, so the first rows are measured while they wait in the buffer.
        var widths = headers.Select(header => header.Length + FilterButton).ToArray();
        var begun = false;
        var row = 1;
        HeaderRow(starts, headers);
        await foreach (var item in rows.WithCancellation(ct))
        {
            if (row == LastRow)
                throw new InvalidOperationException("A sheet has 1,048,576 rows; this list has more.");
            row++;
            text.OpenRow(row);
            for (var column = 0; column < columns.Count; column++)
                columns[column].Write(text, starts[column], item);
            text.Raw("</row>"u8);
            if (!begun)
            {
                for (var column = 0; column < columns.Count; column++)
                    widths[column] = Math.Max(widths[column], columns[column].Width(item));
                if (row <= MeasuredRows)
                    continue;
                Begin();
            }

            if (text.Length > Chunk)
            {
                text.Flush(part);
                await buffer.DrainAsync(ct);
            }
        }

        if (!begun)
            Begin();
        return row;

        void Begin()
        {
            part.Write(Opening(widths));
            begun = true;
        }
    }

    private static byte[] Opening(int[] widths)
    {
        var xml = new StringBuilder(WorkbookParts.Head);
        xml.Append(
            CultureInfo.InvariantCulture,
            $"""<worksheet xmlns="{WorkbookParts.Main}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>"""
        );
        for (var column = 1; column <= widths.Length; column++)
            xml.Append(
                CultureInfo.InvariantCulture,
                $"""<col min="{column}" max="{column}" width="{Math.Clamp(widths[column - 1] + 1.5, 6, 60)}" customWidth="1"/>"""
            );
        return Encoding.UTF8.GetBytes(xml.Append("</cols><sheetData>").ToString());
    }

    private void HeaderRow(CellStart[] starts, IReadOnlyList<string> headers)
    {
        text.OpenRow(1);
        for (var column = 0; column < headers.Count; column++)
        {
            text.HeaderCell(starts[column], sharedTexts.Count);
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
