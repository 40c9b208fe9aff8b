using System.Buffers.Text;

namespace Association.Platform.Documents.Pdf.Format;

/// <summary>Reads a file that <see cref="PdfDocument"/> wrote: its plain table of places and its regular objects, nothing more general.</summary>
internal sealed class PdfSource
{
    private const int EntryLength = 20;

    private readonly ReadOnlyMemory<byte> file;
    private readonly int[] starts;
    private readonly int[] ends;

    /// <exception cref="InvalidDataException">The file is not one of ours, or not whole.</exception>
    public PdfSource(ReadOnlyMemory<byte> file)
    {
        this.file = file;
        var bytes = file.Span;
        if (!bytes.StartsWith(PdfFile.Header))
            throw new InvalidDataException("it does not begin like one");
        var tail = bytes[Math.Max(0, bytes.Length - 64)..];
        var mark = tail.LastIndexOf("startxref\n"u8);
        if (mark < 0 || !tail.EndsWith("\n%%EOF\n"u8) || !Utf8Parser.TryParse(tail[(mark + 10)..], out int table, out _) || table <= 0 || table >= bytes.Length)
            throw new InvalidDataException("its end is missing");

        starts = ReadTable(bytes, table);
        ends = new int[starts.Length];
        var order = Enumerable.Range(1, starts.Length - 1).OrderBy(id => starts[id]).ToArray();
        for (var i = 0; i < order.Length; i++)
            ends[order[i]] = i + 1 < order.Length ? starts[order[i + 1]] : table;

        var trailer = bytes[(table + 7)..];
        var catalog = ReferenceAfter(trailer, "/Root "u8);
        Tree = ReferenceAfter(BodyOf(catalog).Span, "/Pages "u8);
        Pages = ReadKids(BodyOf(Tree).Span);
        if (Pages.Count == 0)
            throw new InvalidDataException("it has no pages");
    }

    /// <summary>The page tree's object.</summary>
    public int Tree { get; }

    /// <summary>The pages' objects in their order.</summary>
    public IReadOnlyList<int> Pages { get; }

    /// <summary>An object's value, a stream's data with it, without the words around it.</summary>
    public ReadOnlyMemory<byte> BodyOf(int id)
    {
        if (id <= 0 || id >= starts.Length || ends[id] > file.Length || starts[id] >= ends[id])
            throw new InvalidDataException($"its object {id} is missing");
        var slice = file[starts[id]..ends[id]];
        var head = slice.Span.IndexOf(" 0 obj\n"u8);
        if (
            head is < 1 or > 10
            || !slice.Span.EndsWith("\nendobj\n"u8)
            || !Utf8Parser.TryParse(slice.Span, out int number, out var digits)
            || number != id
            || digits != head
        )
            throw new InvalidDataException($"its object {id} is damaged");
        return slice[(head + 7)..^8];
    }

    /// <summary>The next „12 0 R“ at or behind a position, or null.</summary>
    public static (int Start, int End, int Id)? NextReference(ReadOnlySpan<byte> body, int from)
    {
        var found = body[from..].IndexOf(" 0 R"u8);
        if (found < 0)
            return null;
        var end = from + found;
        var start = end;
        while (start > from && char.IsAsciiDigit((char)body[start - 1]))
            start--;
        return Utf8Parser.TryParse(body[start..end], out int id, out _) ? (start, end + 4, id) : throw new InvalidDataException("a reference in it is damaged");
    }

    private static int[] ReadTable(ReadOnlySpan<byte> bytes, int table)
    {
        var text = bytes[table..];
        if (!text.StartsWith("xref\n0 "u8) || !Utf8Parser.TryParse(text[7..], out int count, out var digits) || count is < 2 or > 8_388_607)
            throw new InvalidDataException("its table of places is missing");
        text = text[(7 + digits + 1)..];
        if (text.Length < count * EntryLength)
            throw new InvalidDataException("its table of places is cut off");
        var places = new int[count];
        for (var id = 1; id < count; id++)
        {
            if (!Utf8Parser.TryParse(text[(id * EntryLength)..], out places[id], out var length) || length != 10 || places[id] >= table)
                throw new InvalidDataException("its table of places is damaged");
        }

        return places;
    }

    private static int ReferenceAfter(ReadOnlySpan<byte> body, ReadOnlySpan<byte> name)
    {
        var place = body.IndexOf(name);
        return place >= 0 && Utf8Parser.TryParse(body[(place + name.Length)..], out int id, out _)
            ? id
            : throw new InvalidDataException("its catalog is missing");
    }

    private static List<int> ReadKids(ReadOnlySpan<byte> tree)
    {
        var start = tree.IndexOf("/Kids["u8);
        var end = start < 0 ? -1 : tree[start..].IndexOf((byte)']');
        if (end < 0)
            throw new InvalidDataException("its pages are missing");
        var kids = tree.Slice(start, end);
        var pages = new List<int>();
        for (var place = NextReference(kids, 6); place is { } kid; place = NextReference(kids, kid.End))
            pages.Add(kid.Id);
        return pages;
    }
}
