using Association.Events.Planning.Model;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Pdf;

namespace Association.Events.Attending;

/// <summary>Name badges on A4: ten a sheet, 85 by 54 millimetres, as badge holders and cut sheets have them.</summary>
internal static class Badges
{
    private const int Columns = 2;
    private const int Rows = 5;
    private const double Width = 85;
    private const double Height = 54;
    private const double Left = 15;
    private const double Top = 13.5;
    private const double Gap = 10;
    private const double Inset = 7;

    /// <param name="plan">Of the event.</param>
    /// <param name="people">By name; at least one.</param>
    /// <param name="association">Its short name stands on each.</param>
    /// <param name="language">Of the title.</param>
    /// <param name="created">The same gives the same bytes.</param>
    public static byte[] Of(EventPlan plan, IReadOnlyList<AttendingPerson> people, AssociationProfile association, string language, DateTimeOffset created)
    {
        var document = new PdfDocument(new PdfInformation(plan.Title.In(language), association.Name, language, created));
        foreach (var sheet in people.Chunk(Columns * Rows))
        {
            var page = document.AddPage();
            for (var i = 0; i < sheet.Length; i++)
                Draw(page, Left + i % Columns * (Width + Gap), Top + i / Columns * Height, sheet[i], plan, association, language);
        }
        return document.Save();
    }

    private static void Draw(PdfPage page, double x, double y, AttendingPerson person, EventPlan plan, AssociationProfile association, string language)
    {
        page.Outline(x, y, Width, Height, 0.1, PdfColor.Ink);
        Fitted(page, x, y + 12, association.ShortName, PdfFont.Sans, 8);
        Fitted(page, x, y + 28, person.Name.Length > 0 ? person.Name : "–", PdfFont.SansSemiBold, 18);
        Fitted(page, x, y + 36, person.Organisation, PdfFont.Sans, 11);
        Fitted(page, x, y + 48, plan.Title.In(language), PdfFont.Sans, 8);
    }

    // What is too long is set smaller, and in the end cut.
    private static void Fitted(PdfPage page, double x, double y, string text, PdfFont font, double size)
    {
        const double room = Width - 2 * Inset;
        while (size > 7 && font.Width(text, size) > room)
            size -= 0.5;
        while (text.Length > 1 && font.Width(text, size) > room)
            text = text[..^2] + "…";
        page.Text(x + Inset, y, text, font, size, PdfColor.Ink);
    }
}
