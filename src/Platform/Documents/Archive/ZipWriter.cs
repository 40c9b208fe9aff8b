using System.IO.Compression;
using System.Text;

namespace Association.Platform.Documents.Archive;

/// <summary>
/// Writes finished files into a ZIP, one after the other. Nothing is ever written synchronously, so the output may be a response body; memory holds one file.
/// </summary>
/// <remarks>
/// Files are stored as they are: PDF and XLSX are compressed already. Not thread-safe. Nothing readable comes out before <see cref="FinishAsync"/>.
/// (The framework's own asynchronous archive still writes synchronously when an entry ends, which a web server refuses.)
/// </remarks>
public sealed class ZipWriter : IDisposable
{
    /// <summary>The media type of ZIP.</summary>
    public const string MediaType = "application/zip";

    private readonly OutputBuffer buffer;
    private readonly ZipArchive zip;
    private readonly DateTimeOffset created;

    /// <summary>Starts a ZIP file.</summary>
    /// <param name="output">Written to only, and only asynchronously; left open.</param>
    /// <param name="created">The date of every file in it; 1980 or later.</param>
    public ZipWriter(Stream output, DateTimeOffset created)
    {
        buffer = new OutputBuffer(output);
        zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
        this.created = created;
    }

    /// <summary>Adds a file.</summary>
    /// <param name="name">Its name; what separates folders is replaced, so that unpacking never leaves the chosen folder.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="ct">Stops between files.</param>
    public async Task AddAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var entry = zip.CreateEntry(new string([.. name.Select(c => c is '/' or '\\' or ':' || char.IsControl(c) ? '-' : c)]), CompressionLevel.NoCompression);
        entry.LastWriteTime = created;
        using (var content = entry.Open())
            content.Write(bytes.Span);
        await buffer.DrainAsync(ct);
    }

    /// <summary>Writes the table of contents; the file is whole now.</summary>
    public async Task FinishAsync(CancellationToken ct)
    {
        zip.Dispose();
        await buffer.DrainAsync(ct);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        zip.Dispose();
        buffer.Dispose();
    }
}
