using Association.Billing.Printing.Letters;
using Association.Billing.Tests.Office;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Letters;
using Association.Platform.Messaging;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Printing;

public sealed class CoverLetterTests : IAsyncLifetime
{
    private static readonly CoverWording Good = new("Ihr Beitrag {Jahr}", "{Anrede}\n\n{Veränderung}", "mehr: {Erhöhung}", "gleich", "weniger", "");

    private BillingOffice _office = null!;

    public async Task InitializeAsync() => _office = await BillingOffice.OpenAsync();

    public async Task DisposeAsync() => await _office.DisposeAsync();

    [Theory]
    [InlineData("Guten Tag,\n\nIhr {Betrg} ist fällig.", "Zeile 3, Zeichen 5", "Betrag")]
    [InlineData("{Iban des Vorstands}", "Zeile 1, Zeichen 1", "Iban des Vorstands")]
    [InlineData("Ein {Betrag", "Zeile 1, Zeichen 5", "Klammer")]
    [InlineData("Ein Betrag} zu viel", "Zeile 1, Zeichen 11", "Klammer")]
    [InlineData("{Betrag {Jahr}}", "Zeile 1, Zeichen 1", "Klammer")]
    [InlineData("Bisher {Vorjahresbetrag}", "Zeile 1, Zeichen 8", "Vorjahr")]
    public async Task what_is_no_field_is_refused_with_its_place(string body, string place, string said)
    {
        var refused = await Should.ThrowAsync<ProblemsException>(SaveAsync(Good with { Body = body }));
        refused.Problems.ShouldAllBe(p => p.Field == "de-Body");
        refused.Message.ShouldContain(place);
        refused.Message.ShouldContain(said);
    }

    [Theory]
    [InlineData("Subject", "")]
    [InlineData("Body", "")]
    [InlineData("Body", "unsichtbar \u0007")]
    [InlineData("More", "")]
    [InlineData("More", "{Veränderung}")]
    public async Task a_wording_that_cannot_be_sent_is_refused_at_its_field(string part, string text) =>
        (
            await Should.ThrowAsync<ProblemsException>(
                SaveAsync(
                    part switch
                    {
                        "Subject" => Good with { Subject = text },
                        "Body" => Good with { Body = text },
                        _ => Good with { More = text },
                    }
                )
            )
        ).Problems.ShouldContain(p => p.Field == $"de-{part}");

    [Fact]
    public async Task a_text_too_long_is_refused() =>
        (await Should.ThrowAsync<ProblemsException>(SaveAsync(Good with { Body = new string('x', 5001) })))
            .Problems.ShouldHaveSingleItem()
            .Text.ShouldContain("5001");

    [Fact]
    public async Task every_save_is_a_version_and_who_comes_late_is_told()
    {
        var id = await SaveAsync(Good);
        await SaveAsync(Good with { Subject = "Zweite {Jahr}" }, id, 1);
        (await Should.ThrowAsync<ProblemsException>(SaveAsync(Good with { Subject = "Zu spät" }, id, 1))).Problems.ShouldHaveSingleItem();
        (await _office.As().Bus.QueryAsync(new GetCoverLetter(id))).ShouldNotBeNull().Version.ShouldBe(2);
        (await _office.ReadAsync<long>("select count(*) from billing.cover_letter_version")).ShouldBe(2);
        (await Should.ThrowAsync<Npgsql.PostgresException>(_office.ExecuteAsync("update billing.cover_letter_version set version = 9"))).SqlState.ShouldBe(
            "AS001"
        );
        (await Should.ThrowAsync<ProblemsException>(SaveAsync(Good))).Problems.ShouldHaveSingleItem().Field.ShouldBe("Name");
    }

    [Fact]
    public void what_is_put_in_is_never_read_for_fields_again_and_hostile_names_are_set_as_they_are()
    {
        var facts = new CoverFacts(
            "de",
            new PrintedAddress(["A"], "66111", "S", "DE"),
            "{Betrag} <script>alert(1)</script> \u202e =HYPERLINK(\"x\")",
            "1",
            "BR-1",
            2027,
            new Money(5),
            new DateOnly(2027, 2, 15),
            "",
            "{Grund}",
            new Money(5),
            new Money(0)
        );
        var filled = CoverLetter.Fill(Good with { Body = "{Name}\n\n{GRUND}\n\n{veraenderung}" }, facts, "de");
        filled.Paragraphs.ShouldBe([facts.Name, "{Grund}", "mehr: 5,00\u00a0€"]);
        var letter = new StoredCoverLetter(
            Guid.CreateVersion7(),
            "x",
            1,
            new Dictionary<string, CoverWording> { ["de"] = Good with { Body = "{Name}" } },
            default,
            "x"
        );
        Letter
            .Render(CoverLetter.Write(letter, facts with { Language = "fr" }, BillingOffice.Profile, BillingOffice.Today, DateTimeOffset.UnixEpoch))
            .Length.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public async Task the_preview_shows_a_members_own_figures_and_an_invented_one_without()
    {
        var member = _office.Membership.AddMember();
        var charge = PlannedMembership.Charge(member, 120);
        _office.Membership.Comparisons[charge.Id] = new ChargeComparison(charge.Id, new Money(120), new Money(100));
        await _office.IssueAsync(charge);
        var facts = await _office.As().Bus.QueryAsync(new ReadCoverFacts(member.Number));
        facts.InvoiceNumber.ShouldBe("BR-2026-00001");
        CoverLetter.Fill(Good, facts, "de").Paragraphs[1].ShouldBe("mehr: 20,00\u00a0€");
        (await _office.As().Bus.QueryAsync(new ReadCoverFacts(""))).Name.ShouldBe("Muster gGmbH");
    }

    private Task<Guid> SaveAsync(CoverWording wording, Guid? id = null, int version = 0) =>
        _office.InvokeAsync<Guid>(new SaveCoverLetter(id, "Begleitschreiben", new Dictionary<string, CoverWording> { ["de"] = wording }, version));
}
