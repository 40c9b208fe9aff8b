using Association.Billing.Invoices.Cancelling;
using Association.Billing.Invoices.Documents;
using Association.Billing.Invoices.Readdressing;
using Association.Billing.Tests.Office;
using Association.Membership.Contracts;
using Association.Platform.Messaging;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Invoices;

public sealed class ReaddressTests : IAsyncLifetime
{
    private const string Number = "BR-2026-00001";
    private BillingOffice _office = null!;

    public async Task InitializeAsync()
    {
        _office = await BillingOffice.OpenAsync();
        await _office.IssueAsync(PlannedMembership.Charge(_office.Membership.AddMember(), 120));
    }

    public async Task DisposeAsync() => await _office.DisposeAsync();

    [SkippableFact]
    public async Task a_further_document_goes_to_another_recipient_and_the_first_stays_byte_for_byte()
    {
        var (first, lines) = (await ReadAsync(1), await _office.ReadAsync<long>("select count(*) from billing.posting_line"));

        (await _office.InvokeAsync<InvoiceEditionId>(ToTown())).Number.ShouldBe(2);

        var second = await ReadAsync(2);
        (await ReadAsync(1)).ShouldBe(first);
        (await ReadAsync(null)).ShouldBe(second);
        (await _office.NumbersAsync()).ShouldBe([Number]);
        (await _office.ReadAsync<long>("select count(*) from billing.posting_line")).ShouldBe(lines);
        var invoice = await _office.InvoiceAsync(Number);
        (invoice.Content.Recipient.Lines[0], invoice.Content.PurchaseOrder, invoice.Content.LeitwegId, invoice.Content.Amount.Amount).ShouldBe(
            ("Stadtkasse Homburg", "4500012345", "04011000-1234512345-06", 120)
        );
        invoice.Editions.Select(e => (e.Number, e.Recipient, e.HasDocument)).ShouldBe([(1, "Praxis Nr. 1301", true), (2, "Stadtkasse Homburg", true)]);
        var text = await PdfText.OfAsync(second, "edition-2");
        text.ShouldContain("Stadtkasse Homburg");
        text.ShouldContain("Ausfertigung 2 vom 21.11.2026");
        text.ShouldContain("4500012345");
        text.ShouldContain("Praxis Nr. 1301"); // the debtor
        text.ShouldContain(Number);
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task a_recipient_that_no_font_can_print_or_nobody_can_see_is_refused()
    {
        (await RefusedAsync(ToTown() with { Recipient = new PrintedAddress(["中医诊所"], "66424", "Homburg", "DE") })).ShouldContain("中医诊所");
        (await RefusedAsync(ToTown() with { Recipient = new PrintedAddress(["Stadtkasse"], "66424", "הומבורג", "DE") })).ShouldContain("Schriften");
        (await RefusedAsync(ToTown() with { BuyerReference = "中" })).ShouldContain("Schriften");
        (await RefusedAsync(ToTown() with { PurchaseOrder = "45\u202e00" })).ShouldContain("PurchaseOrder");
        (await RefusedAsync(ToTown() with { Recipient = new PrintedAddress(["Stadt\u200bkasse"], "66424", "Homburg", "DE") })).ShouldContain("nicht sieht");
    }

    [Theory]
    [InlineData("Street", "Stadtkasse", "", "", "66424", "Homburg", "DE")]
    [InlineData("Street", "Stadtkasse", "Abteilung 3", " ", "66424", "Homburg", "DE")] // what stands above it is no street
    [InlineData("Street", "Stadtkasse", null, null, "66424", "Homburg", "DE")]
    [InlineData("PostalCode", "Stadtkasse", "", "Am Forum 5", "", "Homburg", "DE")]
    [InlineData("PostalCode", "Stadtkasse", "", "Am Forum 5", "6642", "Homburg", "DE")]
    [InlineData("Town", "Stadtkasse", "", "Am Forum 5", "66424", " ", "DE")]
    [InlineData("Town", "Stadtkasse", "", "Am Forum 5", "66424", "6611", "DE")]
    [InlineData("Country", "Stadtkasse", "", "Am Forum 5", "66424", "Homburg", "XX")]
    public async Task a_recipient_to_whom_no_letter_gets_is_refused_at_its_field(
        string field,
        string name,
        string? addition,
        string? street,
        string postalCode,
        string town,
        string country
    )
    {
        var to = new PrintedAddress([.. new[] { name, addition, street }.OfType<string>()], postalCode, town, country);
        var refused = await Should.ThrowAsync<ProblemsException>(_office.As().Bus.InvokeAsync<InvoiceEditionId>(ToTown() with { Recipient = to }));
        refused.Problems.Select(p => p.Field).ShouldBe([field]);
        (await _office.ReadAsync<long>("select count(*) from billing.invoice_edition")).ShouldBe(0);
    }

    [Fact]
    public async Task an_invoice_goes_abroad_as_the_country_writes_it()
    {
        await _office.InvokeAsync<InvoiceEditionId>(
            ToTown() with
            {
                Recipient = new PrintedAddress(["Caisse", "12, rue de la Gare"], "L-1526", "Luxembourg", "LU"),
            }
        );
        (await _office.InvoiceAsync(Number)).Content.Recipient.InWindow().ShouldBe(["Caisse", "12, rue de la Gare", "L-1526 Luxembourg", "LUXEMBURG"]);
    }

    [Fact]
    public async Task the_same_recipient_a_wrong_leitweg_id_and_a_cancelled_invoice_are_refused()
    {
        await _office.InvokeAsync<InvoiceEditionId>(ToTown());
        (await RefusedAsync(ToTown())).ShouldContain("dieselben wie bisher");
        (await RefusedAsync(ToTown() with { PurchaseOrder = "1", LeitwegId = "04011000-1234512345-07" })).ShouldContain("Prüfziffer");
        (await RefusedAsync(ToTown() with { Recipient = new PrintedAddress([" "], "", "", "D") })).ShouldContain("an wen");
        await _office.InvokeAsync<CancelledInvoice>(new CancelInvoice(Number, "Irrtum"));
        (await RefusedAsync(ToTown() with { PurchaseOrder = "2" })).ShouldContain("storniert");
        (await _office.InvoiceAsync("ST-2026-00001"))
            .Content.Recipient.Lines[0]
            .ShouldBe("Stadtkasse Homburg", "the cancellation goes where the invoice went last");
    }

    [Theory]
    [InlineData("jsonb_set(content, '{amount}', '\"1.00\"')", 2, "AS002")]
    [InlineData("jsonb_set(content, '{payment,dueOn}', '\"2030-01-01\"')", 2, "AS002")]
    [InlineData("jsonb_set(content, '{buyerReference}', '\"4711\"')", 3, "AS002")]
    public async Task the_database_refuses_another_claim_and_a_gap_in_the_documents(string content, int edition, string state)
    {
        var refused = await Should.ThrowAsync<Npgsql.PostgresException>(
            _office.ExecuteAsync(
                $"insert into billing.invoice_edition (invoice_id, edition, content, letterhead_version, reason, issued_on, issued_by) select id, {edition}, {content}, letterhead_version, 'x', issued_on, 'x' from billing.invoice"
            )
        );
        refused.SqlState.ShouldBe(state);
    }

    [Fact]
    public async Task a_further_document_is_final_and_two_people_at_once_issue_two_of_them()
    {
        await Task.WhenAll(_office.InvokeAsync<InvoiceEditionId>(ToTown()), _office.InvokeAsync<InvoiceEditionId>(ToTown() with { PurchaseOrder = "other" }));
        (await _office.ReadAsync<long>("select count(*) from billing.invoice_edition_document")).ShouldBe(2);
        (await Should.ThrowAsync<Npgsql.PostgresException>(_office.ExecuteAsync("update billing.invoice_edition set reason = 'y'"))).SqlState.ShouldBe("AS001");
        (await Should.ThrowAsync<Npgsql.PostgresException>(_office.ExecuteAsync("delete from billing.invoice_edition_document"))).SqlState.ShouldBe("AS001");
        await _office.ShouldVerifyAsync();
    }

    private static ReaddressInvoice ToTown() =>
        new(
            Number,
            new PrintedAddress(["Stadtkasse Homburg", "", "Am Forum 5"], "66424", "Homburg", "de"),
            "KZ 77-12",
            "4500012345",
            "04011000-1234512345-06",
            "Der Träger zahlt"
        );

    private async Task<string> RefusedAsync(ReaddressInvoice command) =>
        (await Should.ThrowAsync<ProblemsException>(_office.As().Bus.InvokeAsync<InvoiceEditionId>(command))).Message;

    private async Task<byte[]> ReadAsync(int? edition) => (await _office.As().Bus.QueryAsync(new ReadDocument(Number, edition)))!.Value.ToArray();
}
