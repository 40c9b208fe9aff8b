using Association.Platform.Web.Modules;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Board.Tests;

/// <summary>The one search box, through all that the modules contribute to it.</summary>
public sealed class SearchBoxTests(SeededYear year) : IClassFixture<SeededYear>, IAsyncLifetime
{
    private const string Name = "Sanitätshaus Öztürk";

    public Task InitializeAsync() =>
        year.Office.ExecuteAsync(
            """
            update membership.member set phone = '+49 6881 / 77-123', iban = 'DE89370400440532013000', email = 'post@oeztuerk.example',
                billing_name = 'Träger', billing_email = 'rechnung@traeger.example', mandate_reference = 'M-4711', mandate_signed_on = '2020-01-01'
             where name = @Name;
            insert into membership.contact (id, member_id, name, email, phone)
            select gen_random_uuid(), id, 'Yıldız, Aylin', 'aylin@oeztuerk.example', '0681 998877' from membership.member
             where name = @Name and not exists (select from membership.contact where name = 'Yıldız, Aylin');
            """,
            new { Name }
        );

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("06881 77123")]
    [InlineData("+49 6881 77123")]
    [InlineData("0681 998877")] // of a contact
    [InlineData("DE89 3704 0044 0532 0130 00")]
    [InlineData("0532013000")]
    [InlineData("M-4711")]
    [InlineData("post@oeztuerk.example")]
    [InlineData("rechnung@traeger.example")]
    [InlineData("aylin@oeztuerk.example")]
    [InlineData("Yıldız")]
    [InlineData("sanitätshaus öztürk")]
    [InlineData("Oeztuerk")]
    [InlineData("Östürk")] // mistyped
    public async Task finds_a_member_by_all_that_is_its_own(string typed)
    {
        var number = await year.Office.ReadAsync<string>("select number from membership.member where name = @Name", new { Name });

        (await HitsAsync(typed)).ShouldContain(h => h.Href.Contains($"/{number}", StringComparison.Ordinal), typed);
    }

    [Fact]
    public async Task finds_an_invoice_by_its_number()
    {
        var number = await year.Office.ReadAsync<string>("select number from billing.invoice where kind = 'invoice' order by number limit 1");

        (await HitsAsync(number)).ShouldContain(h => h.Title == number);
        (await HitsAsync(number[3..])).ShouldContain(h => h.Title == number, "a part of it");
    }

    [Fact]
    public async Task finds_nobody_for_what_nobody_has() => (await HitsAsync("DE02 9999 8888 7777 6666 55")).ShouldBeEmpty();

    private async Task<List<SearchHit>> HitsAsync(string typed)
    {
        var hits = new List<SearchHit>();
        foreach (var module in year.Office.Office.As("office").Services.GetServices<ISearchProvider>())
            hits.AddRange(await module.SearchAsync(typed, 8, CancellationToken.None));
        return hits;
    }
}
