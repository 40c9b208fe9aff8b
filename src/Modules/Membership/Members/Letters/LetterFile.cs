using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Archive;
using Association.Platform.Documents.Letters;

namespace Association.Membership.Members.Letters;

/// <summary>The file of one letter, ready for the archive.</summary>
internal static class LetterFile
{
    /// <param name="text">With its fields.</param>
    /// <param name="facts">What they say.</param>
    /// <param name="at">The letter's date, and the instant in its metadata.</param>
    /// <param name="association">Who writes.</param>
    public static ArchivedFile Write(SerialText text, LetterFacts facts, DateTimeOffset at, AssociationProfile association)
    {
        var say = LetterLanguage.Of(text.Language, typeof(SerialLetterTexts));
        var day = at.ToBusinessDate();
        var filled = text.Fill(facts, day);
        var content = new LetterContent(
            filled.Subject,
            say.Code,
            at,
            LetterSender.Of(association, say.Code),
            [.. facts.Address.InWindow().Where(line => line.Length > 0)], // a letter by mail goes to a member without an address, too
            [new LetterFact(say["Letter.Date"], say.Date(day)), new LetterFact(say["Letter.MemberNumber"], facts.Number)],
            filled.Subject,
            [.. filled.Paragraphs.Select(p => new LetterParagraph(p))]
        );
        return ArchivedFile.New($"{say["Letter.File"]}-{facts.Number}.pdf", "application/pdf", Letter.Render(content));
    }
}
