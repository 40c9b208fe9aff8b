using System.Net;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>Who follows a dead link stands in the office, with its menu.</summary>
[Collection(OfficeCollection.Name)]
public sealed class MissingPageTests(OfficeHost office)
{
    // The framework does not wait for a page of a refusal: whatever the menu waited for was there at one time and not at another.
    private const int Times = 8;

    [Theory]
    [
        InlineData("/office/invoices/BR-1999-00001"),
        InlineData("/office/members/nobody"),
        InlineData("/office/task?of=/office/gone"),
        InlineData("/office/nowhere")
    ]
    public async Task a_missing_record_is_said_beside_the_menu_every_time(string path)
    {
        using var anna = await new HttpVisit(office.Address).SignInAsync("office");
        for (var time = 0; time < Times; time++)
        {
            using var response = await anna.GetAsync(path);
            response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            var page = await HttpVisit.ReadAsync(response);
            page.QuerySelectorAll("nav.rail a[href='/office/members']").ShouldHaveSingleItem($"the {time + 1}. time");
            page.QuerySelector("h1")!.TextContent.ShouldBe("Diese Seite gibt es nicht");
        }
    }
}
