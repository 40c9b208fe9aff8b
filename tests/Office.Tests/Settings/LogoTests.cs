using System.IO.Compression;
using System.Text;
using Association.Office.Settings.Letterhead;
using Association.Office.Settings.Profile;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.Office.Tests.Settings;

/// <summary>Logos: what is refused and how, versions, the sample letter.</summary>
public sealed class LogoTests
{
    public static TheoryData<string, string> Refused =>
        new()
        {
            { "logo.png=zip", "Das ist ein ZIP-Archiv" },
            { "logo.png=50 megapixels", "Das Bild hat 10.000 × 5.000 Pixel. Höchstens 4.000 je Seite und 4 Millionen zusammen" },
            { "logo.png=half", "Das Bild ist unvollständig" },
            { "logo.png=png and zip", "Hinter dem Bild stehen weitere Daten" },
            { "logo.svg=svg", "SVG-Dateien können Programme enthalten" },
            { "logo.png=nothing", "Die Datei ist leer." },
            { "logo.exe=good", "Der Dateiname endet nicht auf .png, .jpg oder .jpeg." },
            { "logo.jpg=press", "Das JPEG ist für den Druck gespeichert" },
            { "logo.png=wrong palette", "Das Bild ist beschädigt." },
            { "logo.png=noise", "Das Logo würde jeden Brief um" },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task a_file_that_is_no_logo_is_refused_with_its_reason(string file, string sentence)
    {
        await using var office = await SettingsOffice.OpenAsync();
        var parts = file.Split('=');

        (await office.ProblemsAsync("admin", new UploadLogo(parts[0], Make(parts[1])))).Single().Text.ShouldStartWith(sentence);
    }

    [Fact]
    public async Task a_logo_is_looked_at_then_used_and_an_older_one_comes_back()
    {
        await using var office = await SettingsOffice.OpenAsync();
        var first = await office.InvokeAsync<Guid>("admin", new UploadLogo(@"C:\Bilder\logo.png", Pictures.Logo()));
        var second = await office.InvokeAsync<Guid>("admin", new UploadLogo("neu.png", Pictures.Jpeg));
        (await office.ReadAsync()).Profile.LogoId.ShouldBeNull("uploading uses nothing");
        var sample = await office.Office.As("office").Bus.QueryAsync(new PreviewLetterhead(first));
        sample.AsSpan().IndexOf("/Subtype/Image"u8).ShouldBeGreaterThan(0);

        await office.InvokeAsync("admin", new UseLogo(1, first));
        await office.InvokeAsync("admin", new UseLogo(2, second));
        var logo = (await office.ReadAsync()).Profile.Logo.ShouldNotBeNull();
        (logo.Name, logo.MediaType).ShouldBe(("neu.jpg", "image/jpeg"), "the ending says what the content is");
        await office.InvokeAsync("admin", new UseLogo(3, first));
        (await office.ReadAsync()).Profile.Logo!.Name.ShouldBe("logo.png");
        await office.InvokeAsync("admin", new ChangeAssociation(4, AssociationData.Of(FirstProfiles.Demo) with { Phone = "1" }));
        (await office.ReadAsync()).Profile.LogoId.ShouldBe(first, "another change leaves the logo alone");
        (await office.ProblemsAsync("admin", new UseLogo(5, Guid.CreateVersion7()))).Single().Text.ShouldStartWith("Dieses Logo gibt es nicht.");
    }

    private static byte[] Make(string kind) =>
        kind switch
        {
            "zip" => Zip(),
            "50 megapixels" => Pictures.Png(10_000, 5_000, 8, 6, [1, 2, 3]),
            "half" => Pictures.Logo()[..200],
            "png and zip" => [.. Pictures.Logo(), .. Zip()],
            "svg" => Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
            "nothing" => [],
            "press" => Pictures.PressJpeg,
            "wrong palette" => Pictures.Png(1, 1, 8, 3, 1, _ => [9], palette: [1, 1, 1]),
            "noise" => Noise(),
            _ => Pictures.Logo(),
        };

    private static byte[] Noise()
    {
        var random = new Random(1);
        return Pictures.Png(
            600,
            300,
            8,
            2,
            1_800,
            _ =>
            {
                var row = new byte[1_800];
                random.NextBytes(row);
                return row;
            }
        );
    }

    private static byte[] Zip()
    {
        using var result = new MemoryStream();
        using (var zip = new ZipArchive(result, ZipArchiveMode.Create, leaveOpen: true))
            zip.CreateEntry("logo.png");
        return result.ToArray();
    }
}
