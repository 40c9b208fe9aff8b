using System.Globalization;
using System.Resources;
using Association.Platform.Documents.Letters;
using Association.Platform.Documents.Letters.Fields;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Letters;

/// <summary>What a serial letter can say about its member.</summary>
internal enum SerialField
{
    Salutation,
    Name,
    MemberNumber,
    Category,
    Town,
    Date,
    Year,
    JoinedOn,
    LastDay,
    ReceivedOn,
}

internal static class SerialFields
{
    public static readonly LetterFields<SerialField> All = new(
        new FieldName<SerialField>(SerialField.Salutation, "Anrede", "Civilité", "Salutation"),
        new FieldName<SerialField>(SerialField.Name, "Name", "Nom", "MemberName"),
        new FieldName<SerialField>(SerialField.MemberNumber, "Mitgliedsnummer", "NuméroMembre", "MemberNumber"),
        new FieldName<SerialField>(SerialField.Category, "Kategorie", "Catégorie", "Category"),
        new FieldName<SerialField>(SerialField.Town, "Ort", "Localité", "Town"),
        new FieldName<SerialField>(SerialField.Date, "Datum", "Date", "Date"),
        new FieldName<SerialField>(SerialField.Year, "Jahr", "Année", "Year"),
        new FieldName<SerialField>(SerialField.JoinedOn, "Beitrittsdatum", "DateAdhésion", "JoiningDate"),
        new FieldName<SerialField>(SerialField.LastDay, "LetzterTag", "DernierJour", "LastDay"),
        new FieldName<SerialField>(SerialField.ReceivedOn, "Eingangsdatum", "DateRéception", "ReceivedOn")
    );
}

/// <summary>What a serial letter says, with fields between braces.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Body">Paragraphs, parted by empty lines.</param>
/// <param name="Language"><c>de</c>, <c>fr</c> or <c>en</c>: of the text, of its dates and of the salutation.</param>
internal sealed record SerialText(string Subject, string Body, string Language)
{
    public const int LongestSubject = 200;
    public const int LongestBody = 5000;
    public static readonly IReadOnlyList<string> Languages = ["de", "fr", "en"];

    private static readonly ResourceManager Texts = new(typeof(SerialLetterTexts));

    /// <summary>What a letter begins with when nothing else does: salutation and greeting.</summary>
    public static SerialText Blank(string language) =>
        new("", Texts.GetString("Default.Body", CultureInfo.GetCultureInfo(language))!.ReplaceLineEndings("\n"), language);

    /// <summary>With line ends of one kind, without blanks around.</summary>
    public SerialText Trimmed() => new(Subject.Trim(), Body.ReplaceLineEndings("\n").Trim(), Language);

    /// <summary>What keeps it from being a letter, each with its place.</summary>
    public IEnumerable<Problem> Check(IStringLocalizer<SerialLetterTexts> texts)
    {
        if (!Languages.Contains(Language))
            yield return new Problem(nameof(Language), texts["Problem.Language"]);
        foreach (var (name, text, longest) in new[] { (nameof(Subject), Subject, LongestSubject), (nameof(Body), Body, LongestBody) })
        {
            if (text.Length == 0)
                yield return new Problem(name, texts[$"Problem.{name}Missing"]);
            foreach (var wrong in SerialFields.All.Check(text, longest, Language, oneLine: name == nameof(Subject)))
                yield return new Problem(name, wrong);
        }
    }

    /// <summary>The words for one member.</summary>
    public FilledText Fill(LetterFacts facts, DateOnly day) =>
        new(SerialFields.All.Read(Subject).Fill(field => Value(field, facts, day)), SerialFields.All.Paragraphs(Body, field => Value(field, facts, day)));

    /// <summary>The fields that say nothing for this member, each with its place: a letter would have a hole there.</summary>
    public IEnumerable<(string Place, SerialField Field)> Holes(LetterFacts facts, DateOnly day) =>
        new[] { (Place: nameof(Subject), Text: Subject), (Place: nameof(Body), Text: Body) }.SelectMany(t =>
            SerialFields.All.Read(t.Text).Fields.Distinct().Where(f => Value(f, facts, day).Trim().Length == 0).Select(f => (t.Place, f))
        );

    private string Value(SerialField field, LetterFacts facts, DateOnly day)
    {
        var say = LetterLanguage.Of(Language, typeof(SerialLetterTexts));
        return field switch
        {
            SerialField.Salutation => facts.Contact is { } person ? say["Letter.SalutationOf", person] : say["Letter.Salutation"],
            SerialField.Name => facts.Name,
            SerialField.MemberNumber => facts.Number,
            SerialField.Category => facts.Category,
            SerialField.Town => facts.Address.Town,
            SerialField.Date => say.Date(day),
            SerialField.Year => say.Number(day.Year),
            SerialField.JoinedOn => Day(facts.JoinedOn),
            SerialField.LastDay => Day(facts.LeftOn),
            SerialField.ReceivedOn => Day(facts.NoticeReceivedOn),
            _ => throw new ArgumentOutOfRangeException(nameof(field)),
        };

        // Nothing when nobody knows: a letter with such a hole is refused.
        string Day(DateOnly? of) => of is { } date ? say.Date(date) : "";
    }
}

/// <summary>A letter's words for one member.</summary>
internal sealed record FilledText(string Subject, IReadOnlyList<string> Paragraphs);
