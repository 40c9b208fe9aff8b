using Association.Platform.Documents.Letters.Fields;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Printing.Letters;

/// <summary>What a covering letter says in one language.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Body">Paragraphs, parted by empty lines.</param>
/// <param name="More">The sentence for <c>{Veränderung}</c> when the dues rise.</param>
/// <param name="Same">When they stay.</param>
/// <param name="Less">When they fall.</param>
/// <param name="First">When nothing is known of the year before; may be empty.</param>
internal sealed record CoverWording(string Subject, string Body, string More, string Same, string Less, string First)
{
    public const int LongestBody = 5000;
    private const int LongestLine = 500;

    public static readonly CoverWording Empty = new("", "", "", "", "", "");

    public bool IsEmpty => Parts.All(p => p.Text.Length == 0);

    /// <summary>The parts by the names of their fields in a form.</summary>
    public IReadOnlyList<(string Name, string Text)> Parts =>
        [(nameof(Subject), Subject), (nameof(Body), Body), (nameof(More), More), (nameof(Same), Same), (nameof(Less), Less), (nameof(First), First)];

    /// <summary>With line ends of one kind, without blanks around.</summary>
    public CoverWording Trimmed() => new(Clean(Subject), Clean(Body), Clean(More), Clean(Same), Clean(Less), Clean(First));

    public bool Uses(CoverField field) => Parts.Any(p => CoverFields.All.Read(p.Text).Fields.Contains(field));

    /// <summary>What keeps it from being a letter; at fields named <c>de-Body</c>.</summary>
    public IEnumerable<Problem> Check(string language, IStringLocalizer<PrintingTexts> texts)
    {
        if (Subject.Length == 0)
            yield return new Problem($"{language}-{nameof(Subject)}", texts["Problem.SubjectMissing"]);
        if (Body.Length == 0)
            yield return new Problem($"{language}-{nameof(Body)}", texts["Problem.BodyMissing"]);
        if (Uses(CoverField.Change))
            foreach (var (name, text) in new[] { (nameof(More), More), (nameof(Same), Same), (nameof(Less), Less) })
                if (text.Length == 0)
                    yield return new Problem($"{language}-{name}", texts["Problem.SentenceMissing", CoverFields.All.NameOf(CoverField.Change, language)]);
        foreach (var (name, text) in Parts)
        {
            var wrong = CoverFields.All.Check(text, name == nameof(Body) ? LongestBody : LongestLine, language).ToList();
            foreach (var said in wrong.Count > 0 ? wrong : Misplaced(name, text, texts))
                yield return new Problem($"{language}-{name}", said);
        }
    }

    // What compares with the year before stands where there is one; the sentence that fits stands in the body alone.
    private static List<string> Misplaced(string name, string text, IStringLocalizer<PrintingTexts> texts)
    {
        var sentence = name is nameof(More) or nameof(Same) or nameof(Less);
        return
        [
            .. CoverFields
                .All.Read(text)
                .Fields.Distinct()
                .Where(f => f == CoverField.Change ? name != nameof(Body) : CoverFields.Compares(f) && !sentence)
                .Select(f => Place(text, f))
                .Select(p => texts["Problem.FieldNotHere", p.Line, p.Column, p.Name].Value),
        ];
    }

    private static FieldFault Place(string text, CoverField field)
    {
        for (var at = text.IndexOf('{', StringComparison.Ordinal); at >= 0; at = text.IndexOf('{', at + 1))
            if (text.IndexOf('}', at) is > 0 and var end && text[(at + 1)..end] is var name && CoverFields.All.Find(name) == field)
                return FieldFault.At(text, at, name);
        throw new InvalidOperationException("The field was read from this text.");
    }

    private static string Clean(string text) => text.ReplaceLineEndings("\n").Trim();
}
