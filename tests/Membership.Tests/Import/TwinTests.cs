using Association.Membership.Import.Preview;
using Association.Membership.Members.Model;
using Association.Membership.Members.Record;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Import;

/// <summary>Who is typed in by hand is compared with the members as a row of a list is; what only a member has finds it in the search box.</summary>
public sealed class TwinTests : IAsyncLifetime
{
    private readonly ImportOffice _office = new();

    public async Task InitializeAsync()
    {
        await _office.InitializeAsync();
        await _office.ApplyAsync(
            ImportOffice.Csv(
                "Nr.|Name|Kategorie|Straße|PLZ|Ort|IBAN|Telefon|Ansprechpartner",
                "17|Löwen-Apotheke|Apotheke|Heinestr. 7|66424|Homburg|DE39 2904 0090 0230 5304 19|06841 100-20|Gülay Zimmer"
            )
        );
    }

    public Task DisposeAsync() => _office.DisposeAsync();

    [Theory]
    [InlineData("Loewen Apotheke", "Heinestraße 7", true)]
    [InlineData("Löwen-Apotheke", "Kirchweg 12", false)]
    [InlineData("Rosen-Apotheke", "Heinestraße 7", false)]
    public async Task a_duplicate_by_hand_is_found_as_the_import_finds_it(string name, string street, bool found)
    {
        var details = new MemberDetails(MemberKind.Organisation, name, "", street, "66424", "Homburg", "DE", "de", null, null, false, null, "");
        var twin = await _office.QueryAsync(new FindTwin(details));
        (twin?.Number).ShouldBe(found ? "17" : null);
        (twin?.Why.Length > 0).ShouldBe(found);
    }

    [Theory]
    [InlineData("06841 10020")]
    [InlineData("+49 6841 100-20")]
    [InlineData("0049684110020")]
    [InlineData("DE39290400900230530419")]
    [InlineData("DE39 2904 0090 0230")]
    [InlineData("0230530419")]
    public async Task a_member_is_found_by_its_telephone_and_its_account(string typed) =>
        (await _office.QueryAsync(new FindByAccount(typed, 10))).Select(f => f.Number).ShouldBe(["17"]);

    [Theory]
    [InlineData("17")]
    [InlineData("66424")]
    [InlineData("Apotheke")]
    [InlineData("DE39290400900230530418")]
    public async Task what_is_no_telephone_and_no_account_finds_nobody_by_them(string typed) =>
        (await _office.QueryAsync(new FindByAccount(typed, 10))).ShouldBeEmpty();
}
