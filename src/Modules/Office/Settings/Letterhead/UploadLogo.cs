using Association.Platform.Data.Settings;
using Association.Platform.Documents.Images;
using Association.Platform.Documents.Pdf;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Office.Settings.Letterhead;

/// <summary>Keeps a logo, cleaned, without using it yet. Answers its id.</summary>
/// <param name="FileName">As the browser sent it.</param>
/// <param name="Bytes">The file.</param>
[Permission(SettingsModule.Edit)]
internal sealed record UploadLogo(string FileName, ReadOnlyMemory<byte> Bytes) : ICommand;

internal static class UploadLogoHandler
{
    private const int LongestName = 120;
    private static readonly string[] Endings = [".png", ".jpg", ".jpeg"];

    public static IEnumerable<Problem> Validate(UploadLogo command, IStringLocalizer<SettingsTexts> texts)
    {
        var fault = FaultOf(command, texts);
        if (fault is not null)
            yield return new("File", fault);
    }

    public static async Task<Guid> HandleAsync(UploadLogo command, IUnitOfWork unit, CancellationToken ct)
    {
        var picture = Picture.Read(command.Bytes.Span);
        var logo = new AssociationLogo
        {
            Id = Guid.CreateVersion7(),
            Name = NameOf(command, picture),
            MediaType = picture.MediaType,
            Width = picture.Width,
            Height = picture.Height,
            Bytes = picture.Bytes,
        };
        await AssociationLogos.AddAsync(unit.Connection, logo, ct);
        return logo.Id;
    }

    private static string? FaultOf(UploadLogo command, IStringLocalizer<SettingsTexts> texts)
    {
        try
        {
            var picture = Picture.Read(command.Bytes.Span);
            if (!Endings.Contains(Path.GetExtension(command.FileName), StringComparer.OrdinalIgnoreCase))
                return texts["Logo.Ending"];
            var size = PdfImage.Of(picture).Size; // also reads every pixel
            return size > PdfImage.MostBytes ? texts["Logo.TooHeavy", Formats.Number(size / 1024), Formats.Number(PdfImage.MostBytes / 1024)].Value : null;
        }
        catch (PictureException e) when (e.Fault == PictureFault.TooManyPixels)
        {
            return texts[
                "Logo.TooManyPixels",
                Formats.Number(e.Width),
                Formats.Number(e.Height),
                Formats.Number(Picture.MostSide),
                Formats.Number(Picture.MostPixels / 1_000_000)
            ];
        }
        catch (PictureException e)
        {
            return texts[$"Logo.Fault.{e.Fault}"];
        }
    }

    // A browser may send a whole path; the ending says what the content is, whatever the file was called.
    private static string NameOf(UploadLogo command, Picture picture)
    {
        var name = Path.GetFileNameWithoutExtension(command.FileName[(command.FileName.LastIndexOfAny(['/', '\\']) + 1)..]);
        return (name.Length <= LongestName ? name : name[..LongestName]) + (picture.MediaType == "image/png" ? ".png" : ".jpg");
    }
}
