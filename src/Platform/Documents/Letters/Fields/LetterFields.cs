using System.Globalization;
using System.Resources;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Pdf;

namespace Association.Platform.Documents.Letters.Fields;

/// <summary>A field and its names as people write them between braces.</summary>
/// <typeparam name="TField">The fields of a kind of letter.</typeparam>
/// <param name="Field">Which.</param>
/// <param name="German">Its name in German.</param>
/// <param name="French">In French.</param>
/// <param name="English">In English.</param>
public sealed record FieldName<TField>(TField Field, string German, string French, string English)
    where TField : struct, Enum;

/// <summary>The fields of a kind of letter. Each name counts whatever the letter's language is, with or without umlauts and accents.</summary>
/// <typeparam name="TField">Which there are.</typeparam>
public sealed class LetterFields<TField>
    where TField : struct, Enum
{
    private static readonly ResourceManager Texts = new(typeof(DocumentsTexts));

    private readonly Dictionary<TField, FieldName<TField>> names;
    private readonly Dictionary<string, TField> byName;

    /// <summary>Names them.</summary>
    public LetterFields(params FieldName<TField>[] all)
    {
        names = all.ToDictionary(f => f.Field);
        byName = all.SelectMany(f => new[] { f.German, f.French, f.English }.Select(name => (Key: Plain(name), f.Field)))
            .DistinctBy(f => f.Key)
            .ToDictionary(f => f.Key, f => f.Field, StringComparer.Ordinal);
    }

    /// <summary>The field's name in a language.</summary>
    public string NameOf(TField field, string language) =>
        language switch
        {
            "fr" => names[field].French,
            "en" => names[field].English,
            _ => names[field].German,
        };

    /// <summary>The field of a name; null when there is none.</summary>
    public TField? Find(string name) => byName.TryGetValue(Plain(name), out var field) ? field : null;

    /// <summary>Reads a text; each thing that is wrong with it is said to <paramref name="fault"/>.</summary>
    public LetterText<TField> Read(string text, Action<FieldFault>? fault = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return LetterText<TField>.Read(text, Find, fault);
    }

    /// <summary>The paragraphs of a body, filled in; those of which nothing is left fall away.</summary>
    /// <remarks>Parted before filling: what a field says makes no paragraphs of its own.</remarks>
    public IReadOnlyList<string> Paragraphs(string body, Func<TField, string> value)
    {
        ArgumentNullException.ThrowIfNull(body);
        return
        [
            .. body.Split("\n\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(p => Read(p).Fill(value).Trim())
                .Where(p => p.Length > 0),
        ];
    }

    /// <summary>What keeps a text from being printed, each thing as a sentence for the person who writes; nothing when it is right.</summary>
    /// <param name="text">With line ends of one kind.</param>
    /// <param name="longest">So many characters fit.</param>
    /// <param name="language">The letter's: in it a field that was meant is named.</param>
    /// <param name="oneLine">Whether it may have no second line.</param>
    public IEnumerable<string> Check(string text, int longest, string language, bool oneLine = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > longest)
            return [Text("Field.TooLong", text.Length, longest)];
        if (text.Any(c => char.IsControl(c) && (c != '\n' || oneLine)))
            return [Text("Field.ControlCharacter")];
        if (PdfFont.CannotPrint(text) is { Length: > 0 } signs)
            return [Text("Field.CannotPrint", signs)];
        var faults = new List<FieldFault>();
        Read(text, faults.Add);
        return [.. faults.Select(f => Say(f, language))];
    }

    /// <summary>What is wrong, as a sentence for the person who writes; names the field that was meant, if one looks like it.</summary>
    /// <param name="fault">What a reading found.</param>
    /// <param name="language">The letter's: in it the field that was meant is named.</param>
    public string Say(FieldFault fault, string language)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return fault.IsBrace ? Text("Field.Brace", fault.Line, fault.Column)
            : Nearest(fault.Name) is { } near ? Text("Field.UnknownMeant", fault.Line, fault.Column, fault.Name, NameOf(near, language))
            : Text("Field.Unknown", fault.Line, fault.Column, fault.Name);
    }

    private static string Text(string key, params object[] values) =>
        string.Format(
            CultureInfo.CurrentCulture,
            Texts.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key),
            values
        );

    private static string Plain(string name) => PlainText.Of(name, separate: false);

    // The field whose name looks most like it; null when none does.
    private TField? Nearest(string name)
    {
        var key = Plain(name);
        var (distance, field) = byName.Select(n => (Distance: Distance(key, n.Key), n.Value)).MinBy(n => n.Distance);
        return distance <= Math.Max(1, key.Length / 3) ? field : null;
    }

    // Letters to change, add or leave out (Levenshtein); names are short.
    private static int Distance(string a, string b)
    {
        var before = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var row = new int[b.Length + 1];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                row[j] = Math.Min(Math.Min(row[j - 1], before[j]) + 1, before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            before = row;
        }
        return before[b.Length];
    }
}
