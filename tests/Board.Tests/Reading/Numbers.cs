using Association.Billing.Accounts;
using Association.Billing.Invoices.Browsing;
using Association.Billing.Ledger;
using Association.Billing.Ledger.Payments;
using Association.Billing.OpenItems;
using Association.Board.Figures;
using Association.Membership.Contracts;
using Association.Membership.Members.List;
using Association.Membership.Members.List.Filtering;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace Association.Board.Tests.Reading;

/// <summary>Every place in which one and the same number stands.</summary>
internal static class Numbers
{
    /// <summary>Compares them all, on the office's day.</summary>
    /// <param name="office">Where they are read.</param>
    /// <param name="book">The board's report of the period up to the end of this year.</param>
    public static async Task ShouldAgreeAsync(BoardOffice office, Workbook book)
    {
        var today = office.Office.Clock.Today();
        var scope = office.Office.As("board");
        var actor = scope.Services.GetRequiredService<CurrentUser>().Actor;
        var figures = new List<TodayFigure>();
        foreach (var module in scope.Services.GetServices<ITodayFigure>())
            figures.AddRange(await module.ReadAsync(actor, CancellationToken.None));

        await MoneyAsync(office, figures, book, new DateOnly(today.Year, 12, 31));
        await MembersAsync(office, figures, book, today);
    }

    private static async Task MoneyAsync(BoardOffice office, List<TodayFigure> figures, Workbook book, DateOnly yearEnd)
    {
        var items = await office.AskAsync(new ListOpenItems(Size: 1000));
        items.After.ShouldBeNull();
        var open = items.Open;
        Money.Sum(items.Rows.Select(r => r.Open)).ShouldBe(open, "the list's rows and its sum");
        figures.Single(f => f.Order == 200).Value.ShouldBe(Formats.Of(open), "Heute");

        var overdue = Money.Sum(items.Ages.Where(a => a.Age != OpenItemAge.NotDue).Select(a => a.Open));
        figures.Single(f => f.Order == 200).Bad.ShouldBe(overdue > Money.Zero);
        if (overdue > Money.Zero)
            figures.Single(f => f.Order == 200).Note.ShouldContain(Formats.Of(overdue), customMessage: "Heute, overdue");

        var credits = Money.Sum((await office.AskAsync(new ListCredits())).Select(c => c.Balance));
        figures.SingleOrDefault(f => f.Order == 210)?.Value.ShouldBe(Formats.Of(credits), "Heute");
        figures.Any(f => f.Order == 210).ShouldBe(credits > Money.Zero);

        var accounts = new List<AccountView>();
        foreach (var member in await office.QueryAsync<Guid>("select id from membership.member"))
            if (await office.AskAsync(new GetAccount(MemberId.From(member))) is { } account)
                accounts.Add(account);
        Money.Sum(accounts.Select(a => a.Open)).ShouldBe(open, "members' accounts");
        Money.Sum(accounts.Select(a => a.Credit)).ShouldBe(credits, "members' accounts");
        Money.Sum(accounts.Where(a => a.Movements.Count > 0).Select(a => a.Movements[0].Balance)).ShouldBe(open - credits, "statements");

        var journal = (await office.AskAsync(new ListJournal())).Balances.ToDictionary(b => b.Account, b => b.Balance);
        journal.GetValueOrDefault("receivables").ShouldBe(open, "journal");
        journal.GetValueOrDefault("credit").ShouldBe(Money.Zero - credits, "journal");

        var invoices = await office.AskAsync(new ListInvoices(new InvoiceFilter(), Size: 1000));
        var takenOver = items.Rows.Where(r => r.Invoice.StartsWith("EB-", StringComparison.Ordinal)).Select(r => r.Open);
        invoices.Open.ShouldBe(open - Money.Sum(takenOver), "invoices, without what was taken over");

        var reported = await office.AskAsync(new ReadBoardFigures(new DateOnly(yearEnd.Year, 1, 1), yearEnd));
        Of(reported, "open").ShouldBe(open.Amount, "report");
        Of(reported, "overdue").ShouldBe(overdue.Amount, "report");
        Of(reported, "credits").ShouldBe(credits.Amount, "report");
        var sheet = book.Sheets["Offene Posten"];
        if (items.Count > 0)
            sheet.Named("OffenePosten").Totals["Offen"].ShouldBe(open.Amount, "sheet");
        sheet.Named("OffenePosten").Rows.Count(r => r["Rechnung"] is not null).ShouldBe(items.Count, "sheet");
        sheet.Named("Altersstruktur").Rows[1]["Summe"].ShouldBe(open.Amount, "sheet by age");
    }

    private static async Task MembersAsync(BoardOffice office, List<TodayFigure> figures, Workbook book, DateOnly today)
    {
        var shown = figures.Single(f => f.Order == 100);
        var present = await office.AskAsync(new ListMembers(new MemberFilter(Status: MemberStatus.Present), Size: 1000));
        shown.Value.ShouldBe(Formats.Number(present.Total), "Heute and its list");
        shown.Href.ShouldEndWith("?status=Present");
        present.Rows.Count.ShouldBe(present.Total);
        (await CountAsync(office, MemberStatus.Active) + await CountAsync(office, MemberStatus.Leaving)).ShouldBe(present.Total, "active and leaving");
        (await office.AskAsync(new CountMembers())).Active.ShouldBe(await CountAsync(office, MemberStatus.Active), "the view and its list");

        // The report counts at the end of a day, Heute during it: whose last day is today is a member still.
        var lastDay = await office.ReadAsync<int>("select count(*)::int from membership.member where left_on = @today", new { today });
        var upToToday = await office.AskAsync(new ReadBoardFigures(new DateOnly(today.Year, 1, 1), today));
        Of(upToToday, "end").ShouldBe(present.Total - lastDay, "report up to today");
        shown.Note.ShouldContain($"{Of(upToToday, "in"):0} ", customMessage: "joined");
        shown.Note.ShouldContain($"{Of(upToToday, "out") - lastDay:0} ", customMessage: "left");

        var wholeYear = await office.AskAsync(new ReadBoardFigures(new DateOnly(today.Year, 1, 1), new DateOnly(today.Year, 12, 31)));
        var totals = book.Sheets["Mitglieder"].Named("Mitglieder").Totals;
        totals[$"Ende 31.12.{today.Year}"].ShouldBe(Of(wholeYear, "end"), "sheet");
    }

    private static async Task<int> CountAsync(BoardOffice office, MemberStatus status) =>
        (await office.AskAsync(new CountMatches(new MemberFilter(Status: status)))).Members;

    private static decimal? Of(IReadOnlyList<FigureGroup> groups, string key) =>
        (from g in groups from row in Enumerable.Range(0, g.Figures.Count) where g.Figures[row].Key == key select g.Number(row)).First();
}
