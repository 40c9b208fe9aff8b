using System.Text;

namespace Association.EndToEnd.Tests.Hosts;

/// <summary>As much of protobuf's wire format as a test needs to look into an OTLP request.</summary>
internal static class ProtoReader
{
    /// <summary>The length-delimited fields of this number: messages, texts, bytes.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Fields(ReadOnlyMemory<byte> message, int wanted)
    {
        var at = 0;
        while (at < message.Length)
        {
            var key = Number(message, ref at);
            var content = ReadOnlyMemory<byte>.Empty;
            switch (key & 7)
            {
                case 0:
                    Number(message, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 5:
                    at += 4;
                    break;
                case 2:
                    var length = (int)Number(message, ref at);
                    content = message.Slice(at, length);
                    at += length;
                    break;
                default:
                    throw new FormatException($"wire type {key & 7}");
            }
            if (key >> 3 == (ulong)wanted && (key & 7) == 2)
                yield return content;
        }
    }

    /// <summary>The messages at the end of a path of field numbers.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> At(ReadOnlyMemory<byte> message, params int[] path) =>
        path.Aggregate((IEnumerable<ReadOnlyMemory<byte>>)[message], (found, number) => found.SelectMany(m => Fields(m, number)));

    public static string Text(ReadOnlyMemory<byte> message, int field) => Encoding.UTF8.GetString(Fields(message, field).FirstOrDefault().Span);

    public static string Hex(ReadOnlyMemory<byte> message, int field) => Convert.ToHexStringLower(Fields(message, field).FirstOrDefault().Span);

    private static ulong Number(ReadOnlyMemory<byte> message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = message.Span[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
    }
}
