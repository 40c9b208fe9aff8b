using Association.Billing.Tests.Office;
using Association.Events.Contracts;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Invoices;

/// <summary>Bills for seats: each has one invoice while it is owed, in whatever order and however often their messages come.</summary>
public sealed class ServiceInvoiceTests : IAsyncLifetime
{
    private BillingOffice _office = null!;

    public async Task InitializeAsync() => _office = await BillingOffice.OpenAsync();

    public async Task DisposeAsync() => await _office.DisposeAsync();

    [Fact]
    public async Task a_bill_is_invoiced_once_with_its_tax_by_rate_and_what_replaces_it_takes_what_was_paid()
    {
        var bill = Put(
            Bill([
                new("Gast: Ada", new Money(119.00m), 19, null),
                new("Buch: Ada", new Money(10.70m), 7, null),
                new("Kurs", new Money(50), 0, NoVatReason.Teaching),
            ])
        );
        await DeliverAsync(new BillsRaised([bill.Id]));
        await DeliverAsync(new BillsRaised([bill.Id]));
        (await LiveAsync()).ShouldBe([("VR-2026-00001", 179.70m, 19.70m)]);
        var invoice = await _office.InvoiceAsync("VR-2026-00001");
        invoice
            .Content.Service!.Vat.Select(v => (v.Percent, v.Net.Amount, v.Tax.Amount))
            .ShouldBe([(19m, 100.00m, 19.00m), (7m, 10.00m, 0.70m), (0m, 50m, 0m)]);
        invoice.Content.MemberNumber.ShouldStartWith("GAST-");
        invoice.DocumentSize.ShouldNotBeNull();

        var less = Put(Bill([new("Gast: Ada", new Money(119.00m), 19, null)], bill.Payer));
        End(bill);
        await DeliverAsync(new BillReplaced(bill.Id, less.Id));
        await DeliverAsync(new BillReplaced(bill.Id, less.Id));
        await DeliverAsync(new BillsRaised([bill.Id]));
        (await LiveAsync()).ShouldBe([("VR-2026-00002", 119.00m, 19.00m)]);
        End(less);
        await DeliverAsync(new BillReplaced(less.Id, null));
        await DeliverAsync(new BillReplaced(less.Id, null));
        (await LiveAsync()).ShouldBeEmpty();
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task a_replacement_that_comes_before_its_bill_leaves_the_bill_without_invoice()
    {
        var bill = Put(Bill([new("Gast", new Money(100), 19, null)]));
        var next = Put(Bill([new("Gast", new Money(50), 19, null)], bill.Payer));
        var last = Put(Bill([new("Gast", new Money(25), 19, null)], bill.Payer));
        End(bill);
        End(next);
        await DeliverAsync(new BillReplaced(next.Id, last.Id));
        await DeliverAsync(new BillReplaced(bill.Id, next.Id));
        await DeliverAsync(new BillsRaised([bill.Id]));
        (await LiveAsync()).Select(i => i.Amount).ShouldBe([25m]);
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task of_two_replacements_that_come_the_other_way_round_only_what_is_owed_is_invoiced()
    {
        var bill = Put(Bill([new("Gast", new Money(100), 19, null)]));
        await DeliverAsync(new BillsRaised([bill.Id]));
        var next = Put(Bill([new("Gast", new Money(50), 19, null)], bill.Payer));
        var last = Put(Bill([new("Gast", new Money(25), 19, null)], bill.Payer));
        End(bill);
        End(next);
        await DeliverAsync(new BillReplaced(next.Id, last.Id));
        await DeliverAsync(new BillReplaced(bill.Id, next.Id));
        (await LiveAsync()).Select(i => i.Amount).ShouldBe([25m]);
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task an_invoice_for_an_event_is_not_cancelled_by_itself_nor_counted_as_dues()
    {
        var bill = Put(Bill([new("Gast", new Money(100), 19, null)]));
        await DeliverAsync(new BillsRaised([bill.Id]));
        (await Should.ThrowAsync<Platform.Messaging.ProblemsException>(_office.CancelAsync("VR-2026-00001", "Doppelt berechnet")))
            .Problems[0]
            .Text.ShouldContain("Anmeldung");
        (await _office.ReadAsync<long>("select count(*) from billing.invoice where dues_year is not null")).ShouldBe(0);
    }

    [Fact]
    public async Task the_database_refuses_a_service_whose_tax_is_not_posted()
    {
        var bill = Put(Bill([new("Gast", new Money(119), 19, null)]));
        await DeliverAsync(new BillsRaised([bill.Id]));
        (
            await Should.ThrowAsync<Npgsql.PostgresException>(
                _office.ExecuteAsync(
                    """
                    begin;
                    update billing.number_series set last_number = last_number + 1 where series = 'VR';
                    insert into billing.invoice_line (invoice_id, position, text, amount) values ('019a0000-0000-7000-8000-00000000eeee', 1, 'Gast', 119);
                    insert into billing.posting_line (posting_id, position, ledger_account, account_id, invoice_id, debit, credit)
                    select '019a0000-0000-7000-8000-00000000efff'::uuid, 1, 'receivables', id, '019a0000-0000-7000-8000-00000000eeee'::uuid, 119, 0
                      from billing.account
                    union all select '019a0000-0000-7000-8000-00000000efff', 2, 'service_income', null, null, 0, 119;
                    insert into billing.posting (id, kind, booked_on, dated_on, invoice_id, text, posted_by)
                    values ('019a0000-0000-7000-8000-00000000efff', 'invoice', '2026-11-21', '2026-11-21', '019a0000-0000-7000-8000-00000000eeee', 'x', 'Test');
                    insert into billing.invoice (id, series, year, sequence, number, kind, account_id, charge_id, issued_on, due_on, amount,
                      payment_route, payment_text, regulation, letterhead_version, content, issued_by)
                    select '019a0000-0000-7000-8000-00000000eeee', 'VR', 2026, 2, 'VR-2026-00002', 'invoice', account_id, gen_random_uuid(), issued_on, due_on, 119,
                      payment_route, payment_text, regulation, letterhead_version, content, issued_by from billing.invoice;
                    """
                )
            )
        ).MessageText.ShouldContain("its tax");
    }

    private static EventBill Bill(IReadOnlyList<BillLine> lines, BillPayer? payer = null) =>
        new(
            new(Guid.CreateVersion7()),
            payer
                ?? new BillPayer(
                    null,
                    Guid.CreateVersion7(),
                    "Cabinet Weber",
                    new PrintedAddress(["Cabinet Weber", "1 rue Serpenoise"], "57000", "Metz", "FR"),
                    "",
                    "fr"
                ),
            "Seminar Wundversorgung",
            new DateOnly(2027, 3, 4),
            new DateOnly(2027, 3, 5),
            lines,
            new DateOnly(2026, 11, 21),
            14,
            "PO-7",
            false,
            null
        );

    private EventBill Put(EventBill bill) => _office.Membership.Events.Bills[bill.Id] = bill;

    private void End(EventBill bill) => Put(bill with { IsReplaced = true, ReplacedBecause = "L’inscription a changé." });

    private Task DeliverAsync(object message) => _office.DeliverAsync(message);

    private async Task<IReadOnlyList<(string Number, decimal Amount, decimal Tax)>> LiveAsync()
    {
        var rows = await _office.ReadAsync<string>(
            """
            select coalesce(string_agg(concat_ws('|', i.number, i.amount, t.tax), ';' order by i.sequence), '') from billing.invoice i
             cross join lateral (select coalesce(sum(l.credit - l.debit), 0) as tax from billing.posting p join billing.posting_line l on l.posting_id = p.id
                                  where p.invoice_id = i.id and p.kind = 'invoice' and l.ledger_account = 'vat') t
             where i.kind = 'invoice' and not exists (select from billing.invoice c where c.cancels_id = i.id)
            """
        );
        return
        [
            .. rows.Split(';', StringSplitOptions.RemoveEmptyEntries)
                .Select(r => r.Split('|'))
                .Select(r =>
                    (
                        r[0],
                        decimal.Parse(r[1], System.Globalization.CultureInfo.InvariantCulture),
                        decimal.Parse(r[2], System.Globalization.CultureInfo.InvariantCulture)
                    )
                ),
        ];
    }
}
