using Association.Billing.Invoices.Documents;
using Association.Billing.Ledger;
using Association.Billing.Ledger.Payments;
using Association.Billing.Tests.Office;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Invoices;

public sealed class CorrectionTests : IAsyncLifetime
{
    private const string Wrong = "BR-2026-00001";
    private BillingOffice _office = null!;
    private MemberCard _member = null!;
    private RaisedCharge _wrong = null!;

    public async Task InitializeAsync()
    {
        _office = await BillingOffice.OpenAsync();
        _member = _office.Membership.AddMember();
        _wrong = PlannedMembership.Charge(_member, 5244);
        await _office.IssueAsync(_wrong);
    }

    public async Task DisposeAsync() => await _office.DisposeAsync();

    [Theory]
    [InlineData(0, 3500, 0, 3500, 0)]
    [InlineData(1000, 3500, 1000, 2500, 0)]
    [InlineData(5244, 3500, 3500, 0, 1744)]
    [InlineData(5244, 0, 0, 0, 5244)]
    [InlineData(1000, 7500, 1000, 6500, 0)]
    public async Task a_wrong_invoice_is_cancelled_and_issued_anew_with_what_was_paid_set_off(int paid, int right, int setOff, int open, int credit)
    {
        if (paid > 0)
            await _office.InvokeAsync<RecordedPayment>(new RecordPayment(Wrong, new Money(paid), BillingOffice.Today, CreditUpTo: new Money(paid)));
        var charge = right > 0 ? PlannedMembership.Charge(_member, right) : null;

        await _office.DeliverAsync(_office.Membership.Correct(_wrong, charge));

        var booked = _office.Membership.Corrected.ShouldHaveSingleItem();
        (booked.Cancellation, booked.Invoice, booked.SetOff.Amount, booked.Credit.Amount).ShouldBe(
            ("ST-2026-00001", right > 0 ? "BR-2026-00002" : null, setOff, credit)
        );
        (await _office.InvoiceAsync(Wrong)).CancelledBy.ShouldBe("ST-2026-00001");
        if (right > 0)
        {
            var anew = await _office.InvoiceAsync("BR-2026-00002");
            (anew.Content.Amount.Amount, anew.Open.Amount, anew.Content.ToPay.Amount).ShouldBe((right, open, open));
            anew.DocumentSize.ShouldNotBeNull();
        }
        (await _office.ReadAsync<decimal>("select coalesce(sum(balance), 0) from billing.credit_balance")).ShouldBe(credit);
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task delivered_again_and_eight_times_at_once_it_cancels_and_issues_once()
    {
        await _office.InvokeAsync<RecordedPayment>(new RecordPayment(Wrong, new Money(1000), BillingOffice.Today));
        var message = _office.Membership.Correct(_wrong, PlannedMembership.Charge(_member, 3500));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _office.DeliverAsync(message)));
        await _office.DeliverAsync(message);

        (await _office.NumbersAsync()).ShouldBe(["BR-2026-00001", "BR-2026-00002", "ST-2026-00001"]);
        _office.Membership.Corrected.Distinct().ShouldHaveSingleItem().SetOff.ShouldBe(new Money(1000));
        (await _office.ReadAsync<long>("select count(*) from billing.posting where kind = 'set_off'")).ShouldBe(1);
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task an_invoice_that_somebody_cancelled_meanwhile_is_replaced_and_its_money_set_off_as_far_as_it_is_there()
    {
        await _office.InvokeAsync<RecordedPayment>(new RecordPayment(Wrong, new Money(1000), BillingOffice.Today));
        await _office.CancelAsync(Wrong, "Doppelt gedrückt");

        await _office.DeliverAsync(_office.Membership.Correct(_wrong, PlannedMembership.Charge(_member, 3500)));

        (await _office.InvoiceAsync("BR-2026-00002")).Open.ShouldBe(new Money(2500));
        (await _office.NumbersAsync()).ShouldBe(["BR-2026-00001", "BR-2026-00002", "ST-2026-00001"]);
        await _office.ShouldVerifyAsync();
    }

    [SkippableFact]
    public async Task the_letters_tell_what_was_set_off_and_ask_for_the_remainder_only()
    {
        await _office.InvokeAsync<RecordedPayment>(new RecordPayment(Wrong, new Money(1000), BillingOffice.Today));
        await _office.DeliverAsync(_office.Membership.Correct(_wrong, PlannedMembership.Charge(_member, 3500)));

        var invoice = await ReadAsync("BR-2026-00002");
        invoice.ShouldContain("Gezahlt auf BR-2026-00001, verrechnet");
        invoice.ShouldContain("Überweisen Sie 2.500,00 €");
        var cancellation = await ReadAsync("ST-2026-00001");
        cancellation.ShouldContain("An ihre Stelle tritt die Beitragsrechnung BR-2026-00002.");
        cancellation.ShouldContain("Darauf waren 1.000,00 € gezahlt; davon sind 1.000,00 € mit BR-2026-00002 verrechnet.");
    }

    [SkippableFact]
    public async Task an_admission_fee_and_a_levy_are_called_so_and_rest_on_their_resolution()
    {
        const string resolution = "Beschluss vom 04.05.2027 (Mitgliederversammlung)";
        await _office.IssueAsync(
            PlannedMembership.Charge(_member, 25) with
            {
                Kind = DuesKind.Admission,
                Regulation = resolution,
            },
            PlannedMembership.Charge(_member, 50) with
            {
                Kind = DuesKind.Levy,
                Regulation = resolution,
            }
        );

        (await ReadAsync("BR-2026-00002")).ShouldSatisfyAllConditions(
            t => t.ShouldContain("Aufnahmegebühr 2027"),
            t => t.ShouldContain("04.05.2027"),
            t => t.ShouldNotContain("Mitgliedsbeitrag")
        );
        (await ReadAsync("BR-2026-00003")).ShouldContain("Umlage 2027");
    }

    private async Task<string> ReadAsync(string number) =>
        await PdfText.OfAsync((await _office.As().Bus.QueryAsync(new ReadDocument(number)))!.Value.ToArray(), "correction-" + number);
}
