using System.Buffers.Binary;
using System.Text;

namespace Association.Platform.Documents.Pdf.Format;

/// <summary>The ICC profile of sRGB, made from its definition (IEC 61966-2-1 in ISO 15076-1 form) instead of shipped as a file.</summary>
internal static class SrgbProfile
{
    public static readonly byte[] Bytes = Make();

    private static byte[] Make()
    {
        // Primaries and white adapted to D50 by Bradford, as the profile connection space wants them.
        var curve = Curve();
        (string Tag, byte[] Data)[] tags =
        [
            ("desc", Words("sRGB IEC61966-2-1")),
            ("cprt", Words("No copyright, use freely")),
            ("wtpt", Numbers("XYZ ", 0.9642, 1, 0.8249)),
            ("chad", Numbers("sf32", 1.0478112, 0.0228866, -0.0501270, 0.0295424, 0.9904844, -0.0170491, -0.0092345, 0.0150436, 0.7521316)),
            ("rXYZ", Numbers("XYZ ", 0.4360747, 0.2225045, 0.0139322)),
            ("gXYZ", Numbers("XYZ ", 0.3850649, 0.7168786, 0.0971045)),
            ("bXYZ", Numbers("XYZ ", 0.1430804, 0.0606169, 0.7141733)),
            ("rTRC", curve),
            ("gTRC", curve),
            ("bTRC", curve),
        ];

        var start = 128 + 4 + tags.Length * 12;
        var places = new Dictionary<byte[], int>(ReferenceEqualityComparer.Instance);
        var length = start;
        foreach (var (_, data) in tags)
        {
            if (places.TryAdd(data, length))
                length += data.Length;
        }

        var profile = new byte[length];
        Header(profile);
        BinaryPrimitives.WriteInt32BigEndian(profile.AsSpan(128), tags.Length);
        for (var i = 0; i < tags.Length; i++)
        {
            var (tag, data) = tags[i];
            var entry = profile.AsSpan(132 + i * 12);
            Encoding.ASCII.GetBytes(tag, entry);
            BinaryPrimitives.WriteInt32BigEndian(entry[4..], places[data]);
            BinaryPrimitives.WriteInt32BigEndian(entry[8..], data.Length);
            data.CopyTo(profile, places[data]);
        }

        return profile;
    }

    private static void Header(Span<byte> profile)
    {
        BinaryPrimitives.WriteInt32BigEndian(profile, profile.Length);
        BinaryPrimitives.WriteUInt32BigEndian(profile[8..], 0x04200000);
        "mntrRGB XYZ "u8.CopyTo(profile[12..]);
        // The day of the definition: profiles carry a date, and ours must not change from run to run.
        BinaryPrimitives.WriteUInt16BigEndian(profile[24..], 1999);
        BinaryPrimitives.WriteUInt16BigEndian(profile[26..], 10);
        BinaryPrimitives.WriteUInt16BigEndian(profile[28..], 18);
        "acsp"u8.CopyTo(profile[36..]);
        Fixed(profile[68..], 0.9642);
        Fixed(profile[72..], 1);
        Fixed(profile[76..], 0.8249);
    }

    private static byte[] Words(string text)
    {
        var data = new byte[(28 + text.Length * 2 + 3) & ~3];
        "mluc"u8.CopyTo(data);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(8), 1);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(12), 12);
        "enUS"u8.CopyTo(data.AsSpan(16));
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(20), text.Length * 2);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(24), 28);
        Encoding.BigEndianUnicode.GetBytes(text, data.AsSpan(28));
        return data;
    }

    private static byte[] Numbers(string type, params ReadOnlySpan<double> numbers)
    {
        var data = new byte[8 + numbers.Length * 4];
        Encoding.ASCII.GetBytes(type, data);
        for (var i = 0; i < numbers.Length; i++)
            Fixed(data.AsSpan(8 + i * 4), numbers[i]);
        return data;
    }

    // Y = (aX + b)^g above d, cX below.
    private static byte[] Curve()
    {
        var numbers = Numbers("para", 0, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045);
        BinaryPrimitives.WriteUInt16BigEndian(numbers.AsSpan(8), 3);
        return numbers;
    }

    private static void Fixed(Span<byte> place, double number) => BinaryPrimitives.WriteInt32BigEndian(place, (int)Math.Round(number * 65536));
}
