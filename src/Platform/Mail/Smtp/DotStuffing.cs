using System.Buffers;

namespace Association.Platform.Mail.Smtp;

/// <summary>A mail as it travels after DATA (RFC 5321, 4.5.2): every line ends in CR LF, and one that begins with a dot gets a second one.</summary>
internal static class DotStuffing
{
    /// <summary>Whatever ended its lines, CR, LF or both; the last line is ended, the lone dot behind it is not there.</summary>
    public static byte[] Of(ReadOnlySpan<byte> message)
    {
        var result = new ArrayBufferWriter<byte>(message.Length + 256);
        while (!message.IsEmpty)
        {
            var end = message.IndexOfAny((byte)'\r', (byte)'\n');
            var line = end < 0 ? message : message[..end];
            if (line is [(byte)'.', ..]) result.Write("."u8);
            result.Write(line);
            result.Write("\r\n"u8);
            message = end < 0 ? [] : message[(end + (message[end..] is [(byte)'\r', (byte)'\n', ..] ? 2 : 1))..];
        }
        return result.WrittenSpan.ToArray();
    }
}
