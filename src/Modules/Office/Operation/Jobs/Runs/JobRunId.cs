using System.Security.Cryptography;
using System.Text;

namespace Association.Office.Operation.Jobs.Runs;

/// <summary>The id of a run, made of its job and its time, so that whoever fires the same time again comes to the same id.</summary>
internal static class JobRunId
{
    /// <summary>A UUID of version 8 (RFC 9562: made by the application), from a SHA-256.</summary>
    public static Guid Of(string job, DateTimeOffset fireTime)
    {
        Span<byte> bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{job}\n{fireTime.UtcTicks}")).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
