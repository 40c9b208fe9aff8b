using Association.Billing.Invoices.Documents;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Letters;

namespace Association.Billing.Printing.Letters;

/// <summary>Writes a covering letter: its wording with what is true for one invoice.</summary>
internal static class CoverLetter
{
    public static LetterContent Write(StoredCoverLetter letter, CoverFacts facts, AssociationProfile association, DateOnly today, DateTimeOffset createdAt)
    {
        var language = letter.LanguageFor(facts.Language);
        var say = LetterLanguage.Of(language, typeof(InvoiceLetterTexts));
        var filled = Fill(letter.Wordings[language], facts, language);
        return new LetterContent(
            filled.Subject,
            say.Code,
            createdAt,
            LetterSender.Of(association, say.Code),
            [.. facts.Recipient.InWindow()],
            [new LetterFact(say["Fact.Date"], say.Date(today)), new LetterFact(say["Fact.MemberNumber"], facts.MemberNumber)],
            filled.Subject,
            [.. filled.Paragraphs.Select(p => new LetterParagraph(p))]
        );
    }

    /// <summary>The words alone, for the preview on a page.</summary>
    public static FilledLetter Fill(CoverWording wording, CoverFacts facts, string language)
    {
        var say = LetterLanguage.Of(language, typeof(InvoiceLetterTexts));
        var sentence =
            facts.LastYear is not { } last ? wording.First
            : facts.FullYear > last ? wording.More
            : facts.FullYear < last ? wording.Less
            : wording.Same;
        var change = CoverFields.All.Read(sentence).Fill(field => Value(field, facts, "", say));
        return new FilledLetter(
            CoverFields.All.Read(wording.Subject).Fill(field => Value(field, facts, change, say)).ReplaceLineEndings(" "),
            CoverFields.All.Paragraphs(wording.Body, field => Value(field, facts, change, say))
        );
    }

    private static string Value(CoverField field, CoverFacts facts, string change, LetterLanguage say) =>
        field switch
        {
            CoverField.Salutation => say["Salutation"],
            CoverField.Name => facts.Name,
            CoverField.MemberNumber => facts.MemberNumber,
            CoverField.InvoiceNumber => facts.InvoiceNumber,
            CoverField.Year => say.Number(facts.Year),
            CoverField.PreviousYear => say.Number(facts.Year - 1),
            CoverField.Amount => say.Amount(facts.Amount),
            CoverField.Due => say.Date(facts.DueOn),
            CoverField.Calculation => facts.Calculation,
            CoverField.Reason => facts.Reason,
            CoverField.Change => change,
            CoverField.FullYear => say.Amount(facts.FullYear),
            CoverField.LastYear => say.Amount(facts.LastYear ?? Money.Zero),
            CoverField.Difference => say.Amount(Difference(facts)),
            CoverField.Percent => facts.LastYear is { Amount: not 0 } last ? say.Percent(Difference(facts).Amount / last.Amount) : "",
            _ => throw new ArgumentOutOfRangeException(nameof(field)),
        };

    // „steigt um“ and „sinkt um“ say the direction already.
    private static Money Difference(CoverFacts facts) =>
        facts.LastYear is { } last
            ? facts.FullYear > last
                ? facts.FullYear - last
                : last - facts.FullYear
            : Money.Zero;
}

/// <summary>A letter's words.</summary>
internal sealed record FilledLetter(string Subject, IReadOnlyList<string> Paragraphs);
