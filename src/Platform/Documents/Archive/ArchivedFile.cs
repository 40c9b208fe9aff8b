using System.Security.Cryptography;

namespace Association.Platform.Documents.Archive;

/// <summary>A file that was issued or received, as it lies in the archive.</summary>
/// <param name="Id">UUID of version 7.</param>
/// <param name="Name">File name under which it is handed out.</param>
/// <param name="MediaType">„application/pdf“.</param>
/// <param name="Bytes">The file.</param>
/// <param name="Removable">No document rests on it: its bytes may go, see <see cref="FileArchive.EmptyAsync"/>.</param>
public sealed record ArchivedFile(Guid Id, string Name, string MediaType, ReadOnlyMemory<byte> Bytes, bool Removable = false)
{
    /// <summary>SHA-256 of the bytes: 32 of them.</summary>
    public byte[] Digest() => SHA256.HashData(Bytes.Span);

    /// <summary>A file that is not archived yet, with a new id.</summary>
    public static ArchivedFile New(string name, string mediaType, ReadOnlyMemory<byte> bytes) => new(Guid.CreateVersion7(), name, mediaType, bytes);
}

/// <summary>What a look through the whole archive found.</summary>
/// <param name="Files">Looked at.</param>
/// <param name="Damaged">Files whose bytes no longer have the digest they were archived with, the first hundred.</param>
public sealed record ArchiveState(long Files, IReadOnlyList<Guid> Damaged);

/// <summary>An archived file no longer has the bytes it was archived with.</summary>
/// <param name="file">Which.</param>
public sealed class ArchiveDamagedException(Guid file) : Exception($"The archived file {file} no longer has the bytes it was archived with.")
{
    /// <summary>Which.</summary>
    public Guid File { get; } = file;
}
