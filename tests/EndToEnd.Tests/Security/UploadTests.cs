using System.Net;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Security;

[Collection(OfficeCollection.Name)]
public sealed class UploadTests(OfficeHost office)
{
    [Fact]
    public async Task a_file_of_two_hundred_megabytes_is_answered_by_a_page_that_says_so()
    {
        using var visit = await new HttpVisit(office.Address).SignInAsync("office");
        using var form = new MultipartFormDataContent();
        using var file = new ByteArrayContent(new byte[200 * 1024 * 1024]);
        form.Add(file, "File", "mitglieder.xlsx");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/office/members/import") { Content = form };

        var response = await visit.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        var page = await HttpVisit.ReadAsync(response);
        page.QuerySelector("h1")!.TextContent.ShouldBe("Die Datei ist zu groß");
        page.QuerySelector(".lead")!.TextContent.ShouldContain("Es wurde nichts gespeichert.");
    }
}
