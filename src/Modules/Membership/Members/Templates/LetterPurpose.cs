using System.Globalization;
using System.Resources;
using Association.Membership.Data;
using Association.Membership.Members.Letters;
using Microsoft.EntityFrameworkCore;

namespace Association.Membership.Members.Templates;

/// <summary>A letter that follows from an act of the office. A template may be kept for it; without one it has the words that come with the product.</summary>
internal enum LetterPurpose
{
    /// <summary>Welcomes a new member.</summary>
    Welcome,

    /// <summary>Confirms a resignation with its last day.</summary>
    Leaving,

    /// <summary>Confirms that a resignation was taken back.</summary>
    Staying,

    /// <summary>Tells an applicant that the board did not accept; a mail to somebody who is no member.</summary>
    Refusal,
}

internal static class LetterPurposes
{
    private static readonly ResourceManager Texts = new(typeof(LetterTemplateTexts));

    /// <summary>The text that such a letter begins with: of the office's template, as far as it has the language, else the one that comes with the product.</summary>
    public static async Task<SerialText> TextAsync(MembershipDb db, LetterPurpose purpose, string language, CancellationToken ct) =>
        (await db.Set<LetterTemplate>().AsNoTracking().SingleOrDefaultAsync(t => t.Purpose == purpose, ct))?.Texts.FirstOrDefault(t => t.Language == language)
        ?? Delivered(purpose, language);

    /// <summary>The words that come with the product.</summary>
    public static SerialText Delivered(LetterPurpose purpose, string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        return new SerialText(
            Texts.GetString($"Delivered.{purpose}.Subject", culture)!,
            Texts.GetString($"Delivered.{purpose}.Body", culture)!.ReplaceLineEndings("\n"),
            language
        );
    }
}
