using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Association.Platform.Data.Backups;

/// <summary>
/// A backup on disk: a ZIP file with the rows of every table, or with what pg_dump wrote, and the manifest as its last entry. A ZIP file keeps its directory at
/// the end, so one that was cut off anywhere does not open; the digests find what was changed within.
/// </summary>
public sealed class BackupFile : IDisposable
{
    private readonly ZipArchive _zip;

    private BackupFile(ZipArchive zip, BackupManifest manifest)
    {
        _zip = zip;
        Manifest = manifest;
    }

    /// <summary>Its last entry: what is in it, and of when.</summary>
    public BackupManifest Manifest { get; }

    /// <summary>Opens a file and reads it to its end once, comparing the digests; no database is needed.</summary>
    /// <exception cref="BackupException">It is no complete backup, or something in it was changed.</exception>
    public static async Task<BackupFile> OpenAsync(string path, CancellationToken ct)
    {
        var file = Open(path, path);
        try
        {
            await file.CheckAsync(ct);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Refuses a name that is taken: no backup is ever overwritten.</summary>
    /// <exception cref="BackupException">There is a file of this name.</exception>
    public static void MustBeNew(string path)
    {
        if (File.Exists(path))
            throw new BackupException($"{path} is there already and is not overwritten. Name another file with --out.");
    }

    /// <summary>Writes a new file: under another name first, so that what bears the name is always complete.</summary>
    /// <exception cref="BackupException">There is a file of this name already.</exception>
    internal static async Task<BackupManifest> WriteAsync(string path, Func<ZipArchive, Task<BackupManifest>> fill, CancellationToken ct)
    {
        MustBeNew(path);
        var partial = path + ".partial";
        try
        {
            BackupManifest manifest;
            await using (var file = PrivateFile.Create(partial))
            {
                await using (var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct))
                {
                    manifest = await fill(zip);
                    await using var entry = await zip.CreateEntry(BackupManifest.EntryName).OpenAsync(ct);
                    await entry.WriteAsync(manifest.ToJson(), ct);
                }
                file.Flush(flushToDisk: true);
            }
            using (var written = Open(partial, path))
                await written.CheckAsync(ct); // what the disk has, not what we meant to write
            File.Move(partial, path);
            return manifest;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>What an entry holds, unpacked.</summary>
    internal async Task<Stream> OpenEntryAsync(BackupEntry entry, CancellationToken ct) =>
        await (_zip.GetEntry(entry.Name) ?? throw Damaged($"its part {entry.Name} is missing")).OpenAsync(ct);

    /// <summary>Packs a stream as an entry.</summary>
    internal static async Task<BackupEntry> AddAsync(ZipArchive zip, string name, Stream content, CompressionLevel level, CancellationToken ct)
    {
        await using var entry = await zip.CreateEntry(name, level).OpenAsync(ct);
        return await DigestAsync(name, content, entry, ct);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _zip.Dispose();

    private static BackupFile Open(string path, string shownAs)
    {
        if (!File.Exists(path))
            throw new BackupException($"There is no file {shownAs}.");
        ZipArchive? zip = null;
        try
        {
            zip = ZipFile.OpenRead(path);
            var entry =
                zip.GetEntry(BackupManifest.EntryName)
                ?? throw new BackupException($"{shownAs} is a ZIP file, but no backup of this product: it has no manifest.");
            using var json = entry.Open();
            var manifest = BackupManifest.FromJson(json);
            if (manifest is not { Migrations: not null, Tables: not null, Sequences: not null })
                throw new JsonException();
            if (manifest.Format != BackupManifest.CurrentFormat)
                throw new BackupException(
                    $"{shownAs} has the format {manifest.Format.ToString(CultureInfo.InvariantCulture)}, which this release does not know. Restore it with the release that wrote it."
                );
            var opened = new BackupFile(zip, manifest);
            zip = null;
            return opened;
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or EndOfStreamException)
        {
            throw new BackupException(
                $"{shownAs} is damaged or was cut off while it was written or copied: it cannot be read to its end. Nothing was changed. Take an older backup, or copy this one again."
            );
        }
        finally
        {
            zip?.Dispose();
        }
    }

    private async Task CheckAsync(CancellationToken ct)
    {
        foreach (var expected in Manifest.Entries)
        {
            try
            {
                await using var content = await OpenEntryAsync(expected, ct);
                var found = await DigestAsync(expected.Name, content, Stream.Null, ct);
                if (found != expected)
                    throw Damaged($"its part {expected.Name} is not what was written");
            }
            catch (InvalidDataException)
            {
                throw Damaged($"its part {expected.Name} cannot be unpacked");
            }
        }
    }

    private static BackupException Damaged(string how) =>
        new($"The backup is damaged: {how}. Nothing was changed. Take an older backup, or copy this one again.");

    private static async Task<BackupEntry> DigestAsync(string name, Stream from, Stream to, CancellationToken ct)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
        try
        {
            long length = 0;
            while (await from.ReadAsync(buffer, ct) is > 0 and var read)
            {
                digest.AppendData(buffer.AsSpan(0, read));
                await to.WriteAsync(buffer.AsMemory(0, read), ct);
                length += read;
            }
            return new BackupEntry(name, length, Convert.ToHexStringLower(digest.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
