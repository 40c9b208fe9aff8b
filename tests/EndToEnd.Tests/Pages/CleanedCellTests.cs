using System.Text;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>What was in a cell and is not taken over stands on the page before anything is written.</summary>
[Collection(OfficeCollection.Name)]
public sealed class CleanedCellTests(OfficeHost office)
{
    [Theory]
    [InlineData("/office/members/import", "Nr;Name;Kategorie;Straße;PLZ;Ort\n99901;Praxis\u200b Neu;Arztpraxis;Weg 9;66111;Saarbrücken\n")]
    [InlineData("/office/opening-balances", "Nr;Name;Offener Betrag;Beleg;Fällig am\n5005;Praxis\u200b Neu;10;2025;15.02.2025\n")]
    public async Task the_preview_of_an_upload_says_what_a_cell_was_and_became(string page, string list)
    {
        using var anna = await new HttpVisit(office.Address).SignInAsync("office");
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in await anna.HiddenAsync(page, "upload"))
            form.Add(new StringContent(value), name);
        form.Add(new StringContent("10,00"), "ControlSum");
        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(list)), "File", "liste.csv");

        var preview = (await anna.PostAsync(page, form)).Headers.Location!.OriginalString;

        var notice = (await anna.ReadAsync(preview)).QuerySelector("[aria-labelledby=notices]")!.TextContent;
        notice.ShouldContain("B2");
        notice.ShouldContain("„Praxis[U+200B] Neu“");
        notice.ShouldContain("„Praxis Neu“");
    }
}
