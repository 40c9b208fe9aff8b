using Association.Billing.Receivables;
using Association.Platform.Documents.Letters;
using Association.Platform.Documents.Letters.Fields;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Dunning.Letters;

/// <summary>What a reminder can say about its member and claim.</summary>
internal enum ReminderField
{
    /// <summary>Of the member that owes.</summary>
    Name,

    /// <summary>What the letter asks for, fees included.</summary>
    Amount,

    /// <summary>Last day for the payment.</summary>
    PayBy,

    /// <summary>What this letter costs.</summary>
    Fee,
}

internal static class ReminderFields
{
    public static readonly LetterFields<ReminderField> All = new(
        new FieldName<ReminderField>(ReminderField.Name, "Name", "Nom", "MemberName"),
        new FieldName<ReminderField>(ReminderField.Amount, "Betrag", "Montant", "Amount"),
        new FieldName<ReminderField>(ReminderField.PayBy, "ZahlbarBis", "DateLimite", "PayBy"),
        new FieldName<ReminderField>(ReminderField.Fee, "Gebühr", "Frais", "Fee")
    );
}

/// <summary>What a reminder says at one level in one language, with fields between braces.</summary>
/// <param name="Subject">One line: the title.</param>
/// <param name="Introduction">Before the table of what is overdue; paragraphs parted by empty lines.</param>
/// <param name="Request">After it; names the amount and the day.</param>
/// <param name="Closing">A small line below the greeting; empty for none.</param>
internal sealed record ReminderWording(string Subject, string Introduction, string Request, string Closing)
{
    public const int LongestLine = 200;
    public const int LongestText = 2000;
    public static readonly IReadOnlyList<string> Languages = ["de", "fr", "en"];

    /// <summary>The product's own.</summary>
    public static ReminderWording Own(DunningLevel level, string language)
    {
        var say = LetterLanguage.Of(language, typeof(ReminderLetterTexts));
        return new ReminderWording(say.Raw("Subject." + level), say.Raw("Introduction." + level), say.Raw("Request." + level), say.Raw("Closing.Note"));
    }

    /// <summary>The parts by the names of their fields in a form.</summary>
    public IReadOnlyList<(string Name, string Text)> Parts =>
        [(nameof(Subject), Subject), (nameof(Introduction), Introduction), (nameof(Request), Request), (nameof(Closing), Closing)];

    /// <summary>With line ends of one kind, without blanks around.</summary>
    public ReminderWording Trimmed() => new(Clean(Subject), Clean(Introduction), Clean(Request), Clean(Closing));

    /// <summary>What keeps it from being a reminder, each with its place.</summary>
    public IEnumerable<Problem> Check(string language, IStringLocalizer<DunningTexts> texts)
    {
        foreach (var (name, text) in Parts)
        {
            var line = name is nameof(Subject) or nameof(Closing);
            if (text.Length == 0 && name != nameof(Closing))
                yield return new Problem(name, texts["Problem.TextMissing", texts["Text." + name]]);
            foreach (var wrong in ReminderFields.All.Check(text, line ? LongestLine : LongestText, language, oneLine: line))
                yield return new Problem(name, wrong);
        }
        // Whoever is asked to pay has to read how much and until when; a misspelt name is said above.
        var asked = ReminderFields.All.Read(Request).Fields.ToHashSet();
        if (Request.Length > 0)
            foreach (var needed in new[] { ReminderField.Amount, ReminderField.PayBy }.Where(f => !asked.Contains(f)))
                yield return new Problem(nameof(Request), texts["Problem.FieldNeeded", "{" + ReminderFields.All.NameOf(needed, language) + "}"]);
    }

    private static string Clean(string text) => text.ReplaceLineEndings("\n").Trim();
}
