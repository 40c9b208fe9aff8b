using System.Globalization;
using System.Runtime.CompilerServices;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Images;
using Association.Platform.Documents.Pdf;

namespace Association.Platform.Documents.Letters;

/// <summary>Who writes: letterhead, the line above the address window, the footer.</summary>
/// <param name="Name">Full registered name, set large at the top.</param>
/// <param name="Tagline">A second, quiet line under the name, or null.</param>
/// <param name="ReturnAddress">One line above the window: „Gesundheitsregion Bliesland e. V. · Am Markt 1 · 66111 Saarbrücken“.</param>
/// <param name="Footer">Three or four columns.</param>
public sealed record LetterSender(string Name, string? Tagline, string ReturnAddress, IReadOnlyList<LetterFooterColumn> Footer)
{
    // Unpacked and packed again once for each logo, not for each letter.
    private static readonly ConditionalWeakTable<AssociationLogo, PdfImage> Logos = [];

    /// <summary>At the right of the name, or null.</summary>
    public PdfImage? Logo { get; init; }

    /// <summary>Of name and rule at the top.</summary>
    public PdfColor Color { get; init; } = PdfColor.Ink;

    /// <summary>The letterhead of an association as its profile has it.</summary>
    /// <param name="profile">The version that the document names.</param>
    /// <param name="language"><c>de</c>, <c>fr</c> or <c>en</c>: the footer's words.</param>
    public static LetterSender Of(AssociationProfile profile, string language)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var words = new LetterWords(language);
        var town = string.Create(CultureInfo.InvariantCulture, $"{profile.PostalCode} {profile.Town}");
        return new LetterSender(
            profile.Name,
            Tagline: null,
            string.Join(" · ", profile.Name, profile.Street, town),
            [
                Column(profile.Name, profile.Street, town),
                Column(words.Contact, profile.Phone, profile.Email, profile.Website),
                Column(
                    words.Bank,
                    profile.BankName,
                    Named("IBAN", Grouped(profile.Iban)),
                    Named("BIC", profile.Bic),
                    Named(words.CreditorId, profile.CreditorId)
                ),
                Column(words.Register, profile.RegisterEntry, profile.BoardLine, Named(words.TaxNumber, profile.TaxNumber)),
            ]
        )
        {
            Logo = profile.Logo is { } logo ? Logos.GetValue(logo, l => PdfImage.Of(Picture.Read(l.Bytes.Span))) : null,
            Color = AccentColor.TryParse(profile.Color, out var own) ? new PdfColor(own.Red, own.Green, own.Blue) : PdfColor.Ink,
        };
    }

    /// <summary>An IBAN as people read it: blocks of four.</summary>
    public static string Grouped(string iban)
    {
        ArgumentNullException.ThrowIfNull(iban);
        return string.Join(' ', iban.Chunk(4).Select(block => new string(block)));
    }

    private static string Named(string name, string value) => value.Length == 0 ? "" : $"{name} {value}";

    private static LetterFooterColumn Column(string heading, params string[] lines) => new(heading, [.. lines.Where(line => !string.IsNullOrWhiteSpace(line))]);
}
