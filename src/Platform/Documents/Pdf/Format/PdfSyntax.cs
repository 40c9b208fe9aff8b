using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Association.Platform.Documents.Pdf.Format;

/// <summary>Writes PDF's tokens as bytes (ISO 32000-1, 7.3).</summary>
internal sealed class PdfSyntax
{
    private readonly ArrayBufferWriter<byte> buffer = new(4 * 1024);

    public int Length => buffer.WrittenCount;

    public ReadOnlySpan<byte> Bytes => buffer.WrittenSpan;

    public ReadOnlyMemory<byte> Memory => buffer.WrittenMemory;

    public void Clear() => buffer.ResetWrittenCount();

    public PdfSyntax Raw(ReadOnlySpan<byte> bytes)
    {
        buffer.Write(bytes);
        return this;
    }

    public PdfSyntax Raw(string ascii)
    {
        Encoding.ASCII.GetBytes(ascii, buffer);
        return this;
    }

    public PdfSyntax Whole(long number)
    {
        Utf8Formatter.TryFormat(number, buffer.GetSpan(20), out var written);
        buffer.Advance(written);
        return this;
    }

    /// <summary>A number with up to three decimals and a blank behind it.</summary>
    public PdfSyntax Number(double number)
    {
        var thousandths = (long)Math.Round(number * 1000, MidpointRounding.AwayFromZero);
        var span = buffer.GetSpan(24);
        var length = 0;
        if (thousandths < 0)
        {
            span[length++] = (byte)'-';
            thousandths = -thousandths;
        }

        Utf8Formatter.TryFormat(thousandths / 1000, span[length..], out var written);
        length += written;
        var rest = (int)(thousandths % 1000);
        if (rest != 0)
        {
            span[length++] = (byte)'.';
            for (var digit = 100; rest > 0; digit /= 10)
            {
                span[length++] = (byte)('0' + rest / digit);
                rest %= digit;
            }
        }

        span[length++] = (byte)' ';
        buffer.Advance(length);
        return this;
    }

    /// <summary>Two bytes as four hexadecimal digits, without brackets.</summary>
    public PdfSyntax Hex(ushort value)
    {
        var span = buffer.GetSpan(4);
        for (var digit = 0; digit < 4; digit++)
            span[digit] = "0123456789ABCDEF"u8[value >> (12 - digit * 4) & 15];
        buffer.Advance(4);
        return this;
    }

    /// <summary>Text for people: UTF-16 in hexadecimal digits (7.9.2.2).</summary>
    public PdfSyntax Text(string text) => Raw("<FEFF").Raw(Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))).Raw(">"u8);

    /// <summary>A name; what is not plain is written as #xx.</summary>
    public PdfSyntax Name(string name)
    {
        Raw("/"u8);
        foreach (var b in Encoding.UTF8.GetBytes(name))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'+' or (byte)'.' or (byte)'_')
                Raw([b]);
            else
                Raw("#" + b.ToString("X2", CultureInfo.InvariantCulture));
        }

        return this;
    }

    public PdfSyntax Reference(int id) => Whole(id).Raw(" 0 R"u8);
}
