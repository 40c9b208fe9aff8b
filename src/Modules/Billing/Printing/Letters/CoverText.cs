namespace Association.Billing.Printing.Letters;

/// <summary>A text with fields between braces: <c>Ihr Beitrag {Jahr} beträgt {Betrag}.</c></summary>
/// <remarks>Read once, left to right: what is put in for a field is never read for fields again, whatever it says.</remarks>
internal sealed class CoverText
{
    private readonly IReadOnlyList<(string Text, CoverField? Field)> _parts;

    private CoverText(IReadOnlyList<(string, CoverField?)> parts) => _parts = parts;

    public IEnumerable<CoverField> Fields => _parts.Select(p => p.Field).OfType<CoverField>();

    /// <summary>Reads a text; each thing that is wrong with it is said to <paramref name="fault"/>.</summary>
    public static CoverText Read(string text, Action<CoverFault>? fault = null)
    {
        var parts = new List<(string, CoverField?)>();
        var at = 0;
        while (at < text.Length)
        {
            var brace = text.AsSpan(at).IndexOfAny('{', '}') is var next and >= 0 ? at + next : text.Length;
            if (brace > at) parts.Add((text[at..brace], null));
            if (brace == text.Length) break;
            var end = text[brace] == '{' ? text.AsSpan(brace + 1).IndexOfAny('{', '}', '\n') : -1;
            if (end < 0 || text[brace + 1 + end] != '}')
            {
                fault?.Invoke(CoverFault.At(text, brace, text[brace].ToString(), CoverFaultKind.Brace));
                at = brace + 1;
                continue;
            }
            var name = text.Substring(brace + 1, end);
            if (CoverFields.Find(name) is { } field) parts.Add(("", field));
            else fault?.Invoke(CoverFault.At(text, brace, name, CoverFaultKind.Unknown));
            at = brace + end + 2;
        }
        return new CoverText(parts);
    }

    /// <summary>The text with what each field says.</summary>
    public string Fill(Func<CoverField, string> value) => string.Concat(_parts.Select(p => p.Field is { } field ? value(field) : p.Text));
}

/// <summary>What can be wrong with a field.</summary>
internal enum CoverFaultKind
{
    /// <summary>There is no such field.</summary>
    Unknown,

    /// <summary>A brace without its partner.</summary>
    Brace,

    /// <summary>The field exists, but says nothing at this place.</summary>
    NotHere,
}

/// <summary>Something wrong with a text, with its place.</summary>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
/// <param name="Name">What stands there.</param>
/// <param name="Kind">What is wrong.</param>
internal sealed record CoverFault(int Line, int Column, string Name, CoverFaultKind Kind)
{
    public static CoverFault At(string text, int position, string name, CoverFaultKind kind)
    {
        var before = text.AsSpan(0, position);
        return new CoverFault(before.Count('\n') + 1, position - (before.LastIndexOf('\n') + 1) + 1, name.Length <= 40 ? name : name[..39] + "…", kind);
    }
}
