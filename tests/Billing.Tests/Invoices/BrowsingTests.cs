using Association.Billing.Invoices.Browsing;
using Association.Billing.Ledger;
using Association.Billing.Tests.Office;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Invoices;

public sealed class BrowsingTests : IAsyncLifetime
{
    private BillingOffice _office = null!;

    public async Task InitializeAsync()
    {
        _office = await BillingOffice.OpenAsync();
        await _office.IssueAsync([.. Enumerable.Range(1, 23).Select(i => PlannedMembership.Charge(
            _office.Membership.AddMember(c => c with { Name = i % 2 == 0 ? $"Ärztehaus {i}" : $"Zahnpraxis {i}_%" }), 50 + i % 3))]);
    }

    public async Task DisposeAsync() => await _office.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("number")]
    [InlineData("-number")]
    [InlineData("name")]
    [InlineData("-due")]
    [InlineData("amount")]
    [InlineData("nonsense")]
    public async Task pages_by_key_show_every_row_once_in_every_order(string? sort)
    {
        var (seen, after) = (new List<InvoiceLine>(), (string?)null);
        do
        {
            var page = await _office.As().Bus.QueryAsync(new ListInvoices(new InvoiceFilter(), sort, after, 5));
            page.Total.ShouldBe(23);
            seen.AddRange(page.Rows);
            after = page.After;
        }
        while (after is not null);

        seen.Select(l => l.Number).Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(1, 23).Select(i => $"BR-2026-{i:00000}"));
        if (sort == "number") seen.Select(l => l.Number).ShouldBeInOrder();
        if (sort == "amount") seen.Select(l => l.Amount).ShouldBeInOrder();
        if (sort == "name") seen[0].MemberName.ShouldStartWith("Ärztehaus");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("WyJhIiwiYiIsImMiLCJkIl0")] // ["a","b","c","d"]
    [InlineData("';drop table billing.invoice;--")]
    public async Task a_damaged_address_shows_the_first_page(string after) =>
        (await _office.As().Bus.QueryAsync(new ListInvoices(new InvoiceFilter(), "due", after, 5))).Rows.Count.ShouldBe(5);

    [Theory]
    [InlineData("zahnpraxis", 12)]
    [InlineData("_%", 12)] // looked for as typed
    [InlineData("BR-2026-0000", 9)]
    [InlineData("nobody", 0)]
    public async Task the_search_finds_numbers_and_names(string text, int hits) =>
        (await _office.As().Bus.QueryAsync(new ListInvoices(new InvoiceFilter(text)))).Total.ShouldBe(hits);

    [Fact]
    public async Task open_items_and_journal_page_through_everything_in_order()
    {
        var (items, after) = (new List<string>(), (string?)null);
        do
        {
            var page = await _office.As().Bus.QueryAsync(new ListOpenItems(After: after, Size: 7));
            items.AddRange(page.Rows.Select(r => r.Invoice));
            after = page.After;
        }
        while (after is not null);
        items.ShouldBe(Enumerable.Range(1, 23).Select(i => $"BR-2026-{i:00000}"));

        var (entries, edge) = (new List<long>(), (string?)null);
        do
        {
            var page = await _office.As().Bus.QueryAsync(new ListJournal(After: edge, Size: 7));
            page.Entries.ShouldAllBe(e => e.Lines.Count == 2);
            entries.AddRange(page.Entries.Select(e => e.Sequence));
            edge = page.After;
        }
        while (edge is not null);
        entries.ShouldBe(Enumerable.Range(1, 23).Reverse().Select(i => (long)i));
    }

    [Fact]
    public async Task the_administrator_sees_no_money() =>
        await Should.ThrowAsync<PermissionDeniedException>(_office.As(Roles.Administrator).Bus.QueryAsync(new ListInvoices(new InvoiceFilter())));
}
