using Association.Billing.Accounts.Statement;
using Association.Billing.Invoices.Browsing;
using Association.Billing.Invoices.Documents;
using Association.Billing.Ledger;
using Association.Billing.OpenItems;
using Association.Billing.Tests.Office;
using Association.Platform.Documents.Excel;
using Association.Platform.Documents.Pdf;
using Association.Platform.Messaging;
using Association.Platform.Web.Lists;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Invoices;

public sealed class BrowsingTests : IAsyncLifetime
{
    private BillingOffice _office = null!;

    public async Task InitializeAsync()
    {
        _office = await BillingOffice.OpenAsync();
        await _office.IssueAsync([
            .. Enumerable
                .Range(1, 23)
                .Select(i =>
                    PlannedMembership.Charge(
                        _office.Membership.AddMember(c => c with { Name = i % 2 == 0 ? $"Ärztehaus {i}" : $"Zahnpraxis {i}_%" }),
                        50 + i % 3
                    )
                ),
        ]);
    }

    public async Task DisposeAsync() => await _office.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("number")]
    [InlineData("-number")]
    [InlineData("name")]
    [InlineData("-name")]
    [InlineData("-due")]
    [InlineData("issued")]
    [InlineData("amount")]
    [InlineData("-amount")]
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
        } while (after is not null);

        seen.Select(l => l.Number).Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(1, 23).Select(i => $"BR-2026-{i:00000}"));
        if (sort == "number")
            seen.Select(l => l.Number).ShouldBeInOrder();
        if (sort == "amount")
            seen.Select(l => l.Amount).ShouldBeInOrder();
        if (sort == "name")
            seen[0].MemberName.ShouldStartWith("Ärztehaus");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("WyJhIiwiYiIsImMiLCJkIl0")] // ["a","b","c","d"]
    [InlineData("WyIxIiwiYSIsImIiLCJjIiwiZCJd")] // ["1","a","b","c","d"]
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
        } while (after is not null);
        items.ShouldBe(Enumerable.Range(1, 23).Select(i => $"BR-2026-{i:00000}"));

        var (entries, edge) = (new List<long>(), (string?)null);
        do
        {
            var page = await _office.As().Bus.QueryAsync(new ListJournal(After: edge, Size: 7));
            page.Entries.ShouldAllBe(e => e.Lines.Count == 2);
            entries.AddRange(page.Entries.Select(e => e.Sequence));
            edge = page.After;
        } while (edge is not null);
        entries.ShouldBe(Enumerable.Range(1, 23).Reverse().Select(i => (long)i));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("-due")]
    [InlineData("name")]
    [InlineData("-name")]
    [InlineData("-amount")]
    [InlineData("open")]
    [InlineData("number")]
    [InlineData("nonsense")]
    public async Task open_items_page_through_everything_in_every_order(string? sort)
    {
        var (seen, after) = (new List<OpenItem>(), (string?)null);
        do
        {
            var page = await _office.As().Bus.QueryAsync(new ListOpenItems(After: after, Size: 5, Sort: sort));
            seen.AddRange(page.Rows);
            after = page.After;
        } while (after is not null);
        seen.Select(i => i.Invoice).Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(1, 23).Select(i => $"BR-2026-{i:00000}"));
        if (sort == "open")
            seen.Select(i => i.Open).ShouldBeInOrder();
        if (sort == "name")
            seen[0].Name.ShouldStartWith("Ärztehaus");
        if (sort == "-name")
            seen[0].Name.ShouldStartWith("Zahnpraxis");
    }

    [Fact]
    public async Task ticked_items_and_all_matches_become_statements_and_documents()
    {
        var ticked = await _office.As().Bus.QueryAsync(new ChooseOpenItems(new OpenItemFilter(Numbers: ["BR-2026-00003", "BR-2026-00007", "BR-2027-99999"])));
        ticked.Numbers.ShouldBe(["BR-2026-00003", "BR-2026-00007"]);
        (await _office.As().Bus.QueryAsync(new ChooseOpenItems(new OpenItemFilter("zahnpraxis")))).Members.Count.ShouldBe(12, "all pages");
        (await _office.As().Bus.QueryAsync(new ListDocuments(new InvoiceFilter(Numbers: ticked.Numbers)))).Members.ShouldBe(ticked.Members, ignoreOrder: true);

        using var file = new MemoryStream();
        var printed = await _office.As().Bus.QueryAsync(new PrintStatements([.. ticked.Members, ticked.Members[0], "no such member"], file));

        printed.ShouldBe(new StatementsPrinted(2, 3), "the second begins on a sheet of its own");
        PdfBundle.PagesOf(file.ToArray()).ShouldBe(3);
    }

    [Fact]
    public async Task amounts_days_and_due_dates_narrow_both_lists()
    {
        async Task<int> Invoices(InvoiceFilter filter) => (await _office.As().Bus.QueryAsync(new ListInvoices(filter))).Total;
        async Task<int> Items(OpenItemFilter filter) => (await _office.As().Bus.QueryAsync(new ListOpenItems(Filter: filter))).Count;
        (await Invoices(new InvoiceFilter(AmountFrom: 52))).ShouldBe(8);
        (await Invoices(new InvoiceFilter(AmountFrom: 51, AmountTo: 51.99m))).ShouldBe(8);
        (await Invoices(new InvoiceFilter(OverdueDays: 1))).ShouldBe(0);
        (await Items(new OpenItemFilter(OpenTo: 50))).ShouldBe(7);
        (await Items(new OpenItemFilter(Days: 1))).ShouldBe(0);
        var due = (await _office.As().Bus.QueryAsync(new ListInvoices(new InvoiceFilter()))).Rows[0].DueOn;
        (await Invoices(new InvoiceFilter(DueFrom: due, DueTo: due))).ShouldBe(23);
        (await Invoices(new InvoiceFilter(DueFrom: due.AddDays(1)))).ShouldBe(0);
        _office.Office.Clock.SetToday(due.AddDays(10));
        (await Invoices(new InvoiceFilter(OverdueDays: 10))).ShouldBe(23);
        (await Items(new OpenItemFilter(Days: 11))).ShouldBe(0);
    }

    [Theory]
    [InlineData("?state=Open&evil=1&after=x&number=1", "state=Open")]
    [InlineData("state=99&route=Cash&days=-3&amountfrom=viel&duefrom=31.02.2026&sort=i.id;drop", "")]
    [InlineData(
        "amountfrom=1.000,50&duefrom=1.3.26&sort=-amount&cols=amount,number,iban",
        "amountfrom=1000.50&duefrom=2026-03-01&sort=-amount&cols=amount,number"
    )]
    public void of_a_hostile_address_only_what_the_list_understands_is_kept(string typed, string kept) =>
        View<InvoicesView>().Canonical(ListQuery.Parse(typed)).Replace("%2C", ",", StringComparison.Ordinal).ShouldBe(kept);

    [Fact]
    public async Task the_workbooks_hold_what_the_tables_show_in_their_order()
    {
        var invoices = View<InvoicesView>().Read(ListQuery.Parse("amountto=50&sort=-number&cols=member,amount,number"));
        var sheet = await SheetAsync(file => _office.As().Bus.QueryAsync(new ExportInvoices(invoices, file)));
        var shown = (await _office.As().Bus.QueryAsync(new ListInvoices(invoices.Filter, invoices.Sort, Size: 1000))).Rows;
        sheet[0].ShouldBe("Mitglied|Betrag|Nummer");
        sheet.Skip(1).Select(r => r.Split('|')[2]).ShouldBe(shown.Select(l => l.Number));

        var items = View<OpenItemsView>().Read(ListQuery.Parse("openfrom=52&sort=name&cols=invoice,member"));
        var open = await SheetAsync(file => _office.As().Bus.QueryAsync(new ExportOpenItems(items, file)));
        open[0].ShouldBe("Rechnung|Mitglied");
        open.Skip(1)
            .Select(r => r.Split('|')[0])
            .ShouldBe((await _office.As().Bus.QueryAsync(new ListOpenItems(items.Filter, Sort: items.Sort))).Rows.Select(i => i.Invoice));

        var journal = (await _office.As().Bus.QueryAsync(new ListJournal("BR-2026-00007"))).Entries.ShouldHaveSingleItem();
        var lines = await SheetAsync(file => _office.As().Bus.QueryAsync(new ExportJournal(new ListJournal("BR-2026-00007"), file)));
        lines[0].ShouldBe("Lfd. Nr.|Gebucht|Datum|Vorgang|Nummer|Mitgliedsnummer|Mitglied|Text|Nr.|Konto|Soll|Haben|Gebucht von");
        lines.Count.ShouldBe(1 + journal.Lines.Count, "a row for each side");
        lines
            .Skip(1)
            .ShouldAllBe(l => l.StartsWith($"{journal.Sequence}|", StringComparison.Ordinal) && l.Contains("|BR-2026-00007|", StringComparison.Ordinal));
        (await SheetAsync(file => _office.As().Bus.QueryAsync(new ExportJournal(new ListJournal(To: new DateOnly(2000, 1, 1)), file)))).Count.ShouldBe(1);

        static async Task<IReadOnlyList<string>> SheetAsync(Func<Stream, Task> write)
        {
            var file = new MemoryStream();
            await write(file);
            return [.. SpreadsheetReader.Read(file.ToArray(), "x.xlsx").Sheets.Single().Rows.Select(r => string.Join('|', r.Cells.Select(c => c.Text)))];
        }
    }

    private T View<T>()
        where T : notnull => _office.As().Services.GetRequiredService<T>();

    [Fact]
    public async Task the_administrator_sees_no_money() =>
        await Should.ThrowAsync<PermissionDeniedException>(_office.As(Roles.Administrator).Bus.QueryAsync(new ListInvoices(new InvoiceFilter())));
}
