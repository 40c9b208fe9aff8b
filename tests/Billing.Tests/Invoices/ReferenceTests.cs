using Association.Billing.Invoices.Documents;
using Association.Billing.Tests.Office;
using Association.Membership.Contracts;
using Association.Platform.Messaging;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Invoices;

/// <summary>What the recipient wants on the invoices of a year stands on them, in the snapshot and on paper.</summary>
public sealed class ReferenceTests : IAsyncLifetime
{
    private const string Leitweg = "04011000-1234512345-06";
    private BillingOffice _office = null!;

    public async Task InitializeAsync() => _office = await BillingOffice.OpenAsync();

    public async Task DisposeAsync() => await _office.DisposeAsync();

    [Theory]
    [InlineData(null, "4500", null, null, null, "4500", null)]
    [InlineData("AZ 12", "4500", null, Leitweg, "AZ 12", "4500", Leitweg)]
    [InlineData("AZ 12", null, "KZ 77", null, "KZ 77", null, null)]
    [InlineData(Leitweg, "4500", null, Leitweg, null, "4500", Leitweg)] // the same id stands with the member: printed once
    public async Task the_years_references_go_before_what_stands_with_the_member(
        string? standing,
        string? order,
        string? cash,
        string? leitweg,
        string? printedSign,
        string? printedOrder,
        string? printedLeitweg
    )
    {
        var member = _office.Membership.AddMember(c => c with { BuyerReference = standing });
        await _office.IssueAsync(PlannedMembership.Charge(member, 120) with { References = new ChargeReferences(order, cash, leitweg) });
        var content = (await _office.InvoiceAsync("BR-2026-00001")).Content;
        (content.BuyerReference, content.PurchaseOrder, content.LeitwegId).ShouldBe((printedSign, printedOrder, printedLeitweg));
    }

    [SkippableFact]
    public async Task they_stand_on_paper_also_on_the_invoice_that_replaces_a_wrong_one()
    {
        var member = _office.Membership.AddMember();
        var wrong = PlannedMembership.Charge(member, 120) with { References = new ChargeReferences("4500012345", "KZ 77", Leitweg) };
        await _office.IssueAsync(wrong);
        await _office.DeliverAsync(_office.Membership.Correct(wrong, PlannedMembership.Charge(member, 60) with { References = wrong.References }));
        foreach (var number in new[] { "BR-2026-00001", "BR-2026-00002" })
        {
            var text = await PdfText.OfAsync((await _office.As().Bus.QueryAsync(new ReadDocument(number)))!.Value.ToArray(), "references-" + number);
            foreach (var reference in new[] { "4500012345", "KZ 77", Leitweg })
                text.ShouldContain(reference);
        }
    }
}
