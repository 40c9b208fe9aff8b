using Association.Billing.Ledger;
using Association.Billing.Tests.Office;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Ledger;

/// <summary>Dues, admission fees and levies are income on accounts of their own.</summary>
public sealed class IncomeAccountTests : IAsyncLifetime
{
    private BillingOffice _office = null!;
    private MemberCard _member = null!;
    private RaisedCharge _fee = null!;

    public async Task InitializeAsync()
    {
        _office = await BillingOffice.OpenAsync();
        _member = _office.Membership.AddMember();
        _fee = PlannedMembership.Charge(_member, 25) with { Kind = DuesKind.Admission };
        await _office.IssueAsync(PlannedMembership.Charge(_member, 120), _fee, PlannedMembership.Charge(_member, 50) with { Kind = DuesKind.Levy });
    }

    public async Task DisposeAsync() => await _office.DisposeAsync();

    [Fact]
    public async Task each_kind_is_income_on_its_account_and_a_cancellation_and_a_correction_take_it_from_there()
    {
        (await IncomeAsync()).ShouldBe((120, 25, 50));
        await _office.DeliverAsync(_office.Membership.Correct(_fee, PlannedMembership.Charge(_member, 60) with { Kind = DuesKind.Admission }));
        (await IncomeAsync()).ShouldBe((120, 60, 50));
        await _office.CancelAsync("BR-2026-00003", "Falscher Beschluss");
        (await IncomeAsync()).ShouldBe((120, 60, 0));
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task a_fee_that_an_earlier_release_posted_as_dues_is_taken_back_from_the_dues()
    {
        await using (var connection = await _office.Office.Database.OpenConnectionAsync())
        {
            await connection.ExecuteAsync(
                "set session_replication_role = replica; update billing.posting_line set ledger_account = 'dues_income' where ledger_account = 'admission_income'; reset session_replication_role"
            );
        }
        await _office.CancelAsync("BR-2026-00002", "Falsche Kategorie");
        (await IncomeAsync()).ShouldBe((120, 0, 50));
        await _office.ShouldVerifyAsync();
    }

    [Fact]
    public async Task the_journal_shows_the_numbers_that_the_office_set_and_its_balances_in_their_order()
    {
        var before = await _office.As().Bus.QueryAsync(new ListJournal());
        before
            .Balances.Where(b => b.Account.EndsWith("_income", StringComparison.Ordinal))
            .Select(b => (b.Number, b.Credit.Amount))
            .ShouldBe([("4000", 120), ("4010", 25), ("4020", 50), ("4100", 0), ("4830", 0)]);

        await SetAsync(new IncomeAccounts("40001", "40011", "1100"));
        var after = await _office.As().Bus.QueryAsync(new ListJournal());
        after.Balances.Select(b => b.Number).ShouldBe(after.Balances.Select(b => b.Number).Order(StringComparer.Ordinal));
        after.Balances[0].ShouldBe(new LedgerBalance(LedgerAccounts.LevyIncome, "1100", Money.Zero, new Money(50)));
        after.Entries.SelectMany(e => e.Lines).Select(l => l.AccountNumber).Distinct().Order().ShouldBe(["1100", "1200", "40001", "40011"]);
    }

    [Fact]
    public async Task the_database_refuses_an_invoice_that_is_income_of_another_kind() =>
        (
            await Should.ThrowAsync<Npgsql.PostgresException>(
                _office.ExecuteAsync(
                    """
                    begin;
                    update billing.number_series set last_number = last_number + 1 where series = 'BR';
                    insert into billing.invoice_line (invoice_id, position, text, amount) values ('019a0000-0000-7000-8000-00000000fffe', 1, 'Umlage', 50);
                    insert into billing.posting_line (posting_id, position, ledger_account, account_id, invoice_id, debit, credit)
                    select '019a0000-0000-7000-8000-00000000ffff'::uuid, 1, 'receivables', id, '019a0000-0000-7000-8000-00000000fffe'::uuid, 50, 0
                      from billing.account
                    union all select '019a0000-0000-7000-8000-00000000ffff', 2, 'dues_income', null, null, 0, 50;
                    insert into billing.posting (id, kind, booked_on, dated_on, invoice_id, text, posted_by)
                    values ('019a0000-0000-7000-8000-00000000ffff', 'invoice', '2026-11-21', '2026-11-21', '019a0000-0000-7000-8000-00000000fffe', 'x', 'Test');
                    insert into billing.invoice (id, series, year, sequence, number, kind, account_id, charge_id, dues_year, issued_on, due_on, amount,
                      payment_route, payment_text, regulation, letterhead_version, content, issued_by)
                    select '019a0000-0000-7000-8000-00000000fffe', 'BR', 2026, last_number, 'BR-2026-' || lpad(last_number::text, 5, '0'), 'invoice', a.id,
                      gen_random_uuid(), 2027, '2026-11-21', '2027-02-15', 50, 'transfer', 'x', 'x', 1, '{"kind": "levy"}', 'Test'
                      from billing.number_series, billing.account a where series = 'BR';
                    commit;
                    """
                )
            )
        ).MessageText.ShouldContain("as income of its kind");

    private async Task<(decimal Dues, decimal Admission, decimal Levy)> IncomeAsync()
    {
        await using var connection = await _office.Office.Database.OpenConnectionAsync();
        var sums = (
            await connection.QueryAsync<(string Account, decimal Sum)>(
                "select ledger_account, sum(credit - debit) from billing.posting_line where ledger_account like '%\\_income' group by 1"
            )
        ).ToDictionary(s => s.Account, s => s.Sum);
        return (sums.GetValueOrDefault("dues_income"), sums.GetValueOrDefault("admission_income"), sums.GetValueOrDefault("levy_income"));
    }

    private async Task SetAsync(IncomeAccounts income)
    {
        await using var scope = _office.AsSystem();
        var rules = scope.Services.GetRequiredService<IOfficeRules>();
        var current = await rules.CurrentAsync(CancellationToken.None);
        await using var connection = await _office.Office.Database.OpenConnectionAsync();
        (
            await rules.SaveAsync(connection, current with { Bookkeeping = current.Bookkeeping with { Income = income } }, CancellationToken.None)
        ).ShouldNotBeNull();
    }
}
