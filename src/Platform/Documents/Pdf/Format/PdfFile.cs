using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Association.Platform.Documents.Pdf.Format;

/// <summary>A PDF file in the making: numbered objects, then the table of their places (ISO 32000-1, 7.5).</summary>
/// <remarks>A long file is passed on bit by bit by <see cref="DrainAsync"/>; a short one is taken as a whole at the end.</remarks>
internal sealed class PdfFile : IDisposable
{
    // The second line's bytes above 127 tell transfer programs that this is no text.
    public static ReadOnlySpan<byte> Header => "%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n"u8;

    private readonly PdfSyntax bytes = new();
    private readonly List<long> places = [];
    private readonly IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long drained;

    public PdfFile() => bytes.Raw(Header);

    /// <summary>Takes a number for an object that is written later.</summary>
    public int Reserve()
    {
        places.Add(0);
        return places.Count;
    }

    /// <summary>Begins an object; write its value into what is returned, then call <see cref="End"/>.</summary>
    public PdfSyntax Begin(int id)
    {
        places[id - 1] = drained + bytes.Length;
        return bytes.Whole(id).Raw(" 0 obj\n"u8);
    }

    public void End() => bytes.Raw("\nendobj\n"u8);

    /// <summary>Writes a stream.</summary>
    /// <param name="id">A reserved number.</param>
    /// <param name="entries">Of its dictionary besides length and filter.</param>
    /// <param name="data">Compressed unless the stream has to be readable for everyone, as metadata has.</param>
    /// <param name="compress">Whether to.</param>
    public void Stream(int id, string entries, ReadOnlySpan<byte> data, bool compress = true)
    {
        if (compress)
        {
            WriteStream(id, entries + "/Filter/FlateDecode", Compressed(data));
            return;
        }

        WriteStream(id, entries, data);
    }

    /// <summary>Writes a stream whose data is compressed already.</summary>
    public void WriteStream(int id, string entries, ReadOnlySpan<byte> data)
    {
        Begin(id).Raw("<<"u8).Raw(entries).Raw("/Length "u8).Whole(data.Length).Raw(">>\nstream\n"u8).Raw(data).Raw("\nendstream"u8);
        End();
    }

    /// <summary>Hands on what was written so far and forgets it.</summary>
    public async Task DrainAsync(Stream output, CancellationToken ct)
    {
        digest.AppendData(bytes.Bytes);
        drained += bytes.Length;
        await output.WriteAsync(bytes.Memory, ct);
        bytes.Clear();
    }

    /// <summary>Writes table and trailer. The file's identifier is derived from its content.</summary>
    /// <returns>What was not handed on yet.</returns>
    public byte[] Finish(int catalog, int information)
    {
        digest.AppendData(bytes.Bytes);
        var id = Convert.ToHexString(digest.GetCurrentHash().AsSpan(0, 16));
        var table = drained + bytes.Length;
        bytes.Raw("xref\n0 "u8).Whole(places.Count + 1).Raw("\n0000000000 65535 f \n"u8);
        foreach (var place in places)
            bytes.Raw(place.ToString("D10", CultureInfo.InvariantCulture)).Raw(" 00000 n \n"u8);
        bytes
            .Raw("trailer\n<</Size "u8)
            .Whole(places.Count + 1)
            .Raw("/Root "u8)
            .Reference(catalog)
            .Raw("/Info "u8)
            .Reference(information)
            .Raw("/ID[<"u8)
            .Raw(id)
            .Raw("><"u8)
            .Raw(id)
            .Raw(">]>>\nstartxref\n"u8)
            .Whole(table)
            .Raw("\n%%EOF\n"u8);
        return bytes.Bytes.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => digest.Dispose();

    public static byte[] Compressed(ReadOnlySpan<byte> data)
    {
        using var result = new MemoryStream(data.Length / 2 + 64);
        using (var zip = new ZLibStream(result, CompressionLevel.Optimal, leaveOpen: true))
            zip.Write(data);
        return result.ToArray();
    }
}
