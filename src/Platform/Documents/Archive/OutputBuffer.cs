using System.Buffers;

namespace Association.Platform.Documents.Archive;

/// <summary>
/// Takes what a <see cref="System.IO.Compression.ZipArchive"/> writes and hands it on asynchronously. The archive itself writes synchronously when
/// an entry ends, which a web server's response refuses.
/// </summary>
internal sealed class OutputBuffer(Stream output) : Stream
{
    private readonly ArrayBufferWriter<byte> pending = new(64 * 1024);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Passes on what was written since the last time.</summary>
    public async Task DrainAsync(CancellationToken ct)
    {
        await output.WriteAsync(pending.WrittenMemory, ct);
        pending.ResetWrittenCount();
    }

    public override void Write(ReadOnlySpan<byte> buffer) => pending.Write(buffer);

    public override void Write(byte[] buffer, int offset, int count) => pending.Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Only DrainAsync passes anything on.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
