using System.IO.Compression;
using System.Text;

namespace Association.Testing.Files;

/// <summary>Damaged copies of a file, always the same ones: bytes flipped, cut off, moved, cells swapped, parts of a package damaged or lost.</summary>
public static class Mutations
{
    public static IEnumerable<byte[]> Of(byte[] file, int count, int seed)
    {
        var random = new Random(seed);
        var parts = file.AsSpan().StartsWith("PK"u8) ? Unpack(file) : null;
        var isText = parts is null && file.AsSpan(0, Math.Min(file.Length, 100)).IndexOf((byte)0) < 0;
        for (var i = 0; i < count; i++)
            yield return parts is not null && random.Next(3) > 0 ? Pack(Damage(parts, random))
            : isText && random.Next(2) == 0 ? SwapCells(file, random)
            : Damage(file, random);
    }

    private static byte[] Damage(byte[] file, Random random)
    {
        if (file.Length < 2)
            return [];
        var copy = file.ToArray();
        var (from, length) = (random.Next(copy.Length), random.Next(1, Math.Max(2, copy.Length / 8)));
        var until = Math.Min(copy.Length, from + length);
        switch (random.Next(6))
        {
            case 0:
                return copy[..from];
            case 1:
                return [.. copy[..from], .. copy[until..]];
            case 2:
                return [.. copy[..until], .. copy[from..]];
            case 3:
                random.NextBytes(copy.AsSpan(from, until - from));
                return copy;
            case 4:
                copy.AsSpan(from, until - from).Reverse();
                return copy;
            default:
                for (var flips = random.Next(1, 16); flips > 0; flips--)
                    copy[random.Next(copy.Length)] ^= (byte)(1 << random.Next(8));
                return copy;
        }
    }

    private static byte[] SwapCells(byte[] file, Random random)
    {
        var lines = Encoding.UTF8.GetString(file).Split('\n').Select(l => l.Split(';')).ToArray();
        for (var swaps = random.Next(1, 6); swaps > 0; swaps--)
        {
            var (one, other) = (lines[random.Next(lines.Length)], lines[random.Next(lines.Length)]);
            var (at, to) = (random.Next(one.Length), random.Next(other.Length));
            (one[at], other[to]) = (other[to], one[at]);
        }
        return Encoding.UTF8.GetBytes(string.Join('\n', lines.Select(l => string.Join(';', l))));
    }

    private static Dictionary<string, byte[]> Damage(Dictionary<string, byte[]> parts, Random random)
    {
        var copy = new Dictionary<string, byte[]>(parts);
        var name = parts.Keys.ElementAt(random.Next(parts.Count));
        if (random.Next(8) == 0)
            copy.Remove(name);
        else
            copy[name] = Damage(parts[name], random);
        return copy;
    }

    private static Dictionary<string, byte[]> Unpack(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        var parts = new Dictionary<string, byte[]>();
        foreach (var entry in zip.Entries)
        {
            using var content = entry.Open();
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            parts[entry.FullName] = bytes.ToArray();
        }
        return parts;
    }

    private static byte[] Pack(Dictionary<string, byte[]> parts)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, bytes) in parts)
            {
                using var content = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                content.Write(bytes);
            }
        return file.ToArray();
    }
}
