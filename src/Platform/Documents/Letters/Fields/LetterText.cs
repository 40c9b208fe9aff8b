namespace Association.Platform.Documents.Letters.Fields;

/// <summary>A text with fields between braces: <c>Ihr Beitrag {Jahr} beträgt {Betrag}.</c></summary>
/// <remarks>Read once, left to right: what is put in for a field is never read for fields again, whatever it says.</remarks>
/// <typeparam name="TField">The fields that its kind of letter has.</typeparam>
public sealed class LetterText<TField>
    where TField : struct, Enum
{
    private readonly IReadOnlyList<(string Text, TField? Field)> parts;

    private LetterText(IReadOnlyList<(string, TField?)> parts) => this.parts = parts;

    /// <summary>Its fields in their order.</summary>
    public IEnumerable<TField> Fields => parts.Select(p => p.Field).OfType<TField>();

    /// <summary>The text with what each field says.</summary>
    public string Fill(Func<TField, string> value) => string.Concat(parts.Select(p => p.Field is { } field ? value(field) : p.Text));

    internal static LetterText<TField> Read(string text, Func<string, TField?> find, Action<FieldFault>? fault)
    {
        var parts = new List<(string, TField?)>();
        var at = 0;
        while (at < text.Length)
        {
            var brace = text.AsSpan(at).IndexOfAny('{', '}') is var next and >= 0 ? at + next : text.Length;
            if (brace > at)
                parts.Add((text[at..brace], null));
            if (brace == text.Length)
                break;
            var end = text[brace] == '{' ? text.AsSpan(brace + 1).IndexOfAny('{', '}', '\n') : -1;
            if (end < 0 || text[brace + 1 + end] != '}')
            {
                fault?.Invoke(FieldFault.At(text, brace, text[brace].ToString(), isBrace: true));
                at = brace + 1;
                continue;
            }
            var name = text.Substring(brace + 1, end);
            if (find(name) is { } field)
                parts.Add(("", field));
            else
                fault?.Invoke(FieldFault.At(text, brace, name));
            at = brace + end + 2;
        }
        return new LetterText<TField>(parts);
    }
}

/// <summary>Something wrong with a text, with its place.</summary>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
/// <param name="Name">What stands there.</param>
/// <param name="IsBrace">A brace without its partner; otherwise a name that is no field here.</param>
public sealed record FieldFault(int Line, int Column, string Name, bool IsBrace)
{
    /// <summary>At a position of a text.</summary>
    public static FieldFault At(string text, int position, string name, bool isBrace = false)
    {
        ArgumentNullException.ThrowIfNull(name);
        var before = text.AsSpan(0, position);
        return new FieldFault(before.Count('\n') + 1, position - (before.LastIndexOf('\n') + 1) + 1, name.Length <= 40 ? name : name[..39] + "…", isBrace);
    }
}
