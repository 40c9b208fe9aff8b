using Association.Billing.Tests.Office;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Invoices;

/// <summary>failures.md row 14: what was issued is not deleted or changed; the refusal names the right alternative.</summary>
public sealed class FinalityTests : IAsyncLifetime
{
    private BillingOffice _office = null!;

    public async Task InitializeAsync()
    {
        _office = await BillingOffice.OpenAsync();
        await _office.IssueAsync(PlannedMembership.Charge(_office.Membership.AddMember(), 120));
    }

    public async Task DisposeAsync() => await _office.DisposeAsync();

    [Theory]
    [InlineData("delete from billing.invoice", "cancelled (Storno)")]
    [InlineData("update billing.invoice set amount = 1", "cancelled (Storno)")]
    [InlineData("truncate billing.invoice cascade", "")]
    [InlineData("update billing.invoice_line set text = ''", "cancelled (Storno)")]
    [InlineData("delete from billing.invoice_line", "cancelled (Storno)")]
    [InlineData("delete from billing.invoice_document", "a correction is a cancellation")]
    [InlineData("update billing.posting set booked_on = booked_on + 1", "reversed by another posting")]
    [InlineData("delete from billing.posting", "reversed by another posting")]
    [InlineData("delete from billing.posting_line", "reversed by another posting")]
    [InlineData("update billing.posting_line set debit = debit + 1 where debit > 0", "reversed by another posting")]
    public async Task the_database_refuses_to_change_or_remove_what_is_issued_and_says_what_to_do(string sql, string instead)
    {
        var refused = await Should.ThrowAsync<PostgresException>(_office.ExecuteAsync(sql));
        refused.SqlState.ShouldBe("AS001");
        (refused.Hint ?? "").ShouldContain(instead);
        await _office.ShouldVerifyAsync();
    }

    [Theory]
    [InlineData("insert into billing.invoice_line select id, 99, 'nachträglich', 0 from billing.invoice", "AS001")]
    [InlineData("insert into billing.posting_line select id, 99, 'bank', null, null, 5, 0 from billing.posting", "AS001")]
    [InlineData(
        "insert into billing.posting (id, kind, booked_on, dated_on, text, posted_by) values (gen_random_uuid(), 'payment', '2026-11-21', '2026-11-21', '', '')",
        "AS002"
    )]
    [InlineData("update billing.number_series set last_number = last_number + 1", "AS002")]
    [InlineData("update billing.number_series set last_number = 0", "AS001")]
    public async Task the_database_refuses_what_would_make_the_books_wrong(string sql, string state) =>
        (await Should.ThrowAsync<PostgresException>(_office.ExecuteAsync(sql))).SqlState.ShouldBe(state);
}
