using Association.Board.Figures;
using Association.Board.Reports;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Board.Tests;

/// <summary>The key figures, each against a query of its own.</summary>
public sealed class FiguresTests(SeededYear year) : IClassFixture<SeededYear>
{
    public static TheoryData<string, string> Periods =>
        new()
        {
            { "2027-01-01", "2027-12-31" },
            { "2026-01-01", "2026-12-31" },
            { "2027-03-01", "2027-03-31" },
            { "2026-12-01", "2027-04-30" },
        };

    [Theory]
    [MemberData(nameof(Periods))]
    public async Task every_figure_about_members_equals_a_query_of_its_own(string from, string to)
    {
        var figures = (await year.Office.FiguresAsync(from, to))[0];

        Value(figures, "start")
            .ShouldBe(await CountAsync("(joined_on is null or joined_on < @from::date) and (left_on is null or left_on >= @from::date)", from, to));
        Value(figures, "in").ShouldBe(await CountAsync("joined_on >= @from::date and joined_on <= @to::date", from, to));
        Value(figures, "out").ShouldBe(await CountAsync("left_on >= @from::date and left_on <= @to::date", from, to));
        Value(figures, "end")
            .ShouldBe(await CountAsync("(joined_on is null or joined_on <= @to::date) and (left_on is null or left_on > @to::date)", from, to));
        Value(figures, "control").ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Periods))]
    public async Task every_figure_about_money_equals_a_query_of_its_own(string from, string to)
    {
        var figures = (await year.Office.FiguresAsync(from, to))[2];

        Value(figures, "open-before").ShouldBe(await ReceivablesAsync("p.dated_on < @from::date", from, to));
        Value(figures, "charged")
            .ShouldBe(await SumAsync("select sum(amount) from billing.invoice where series = 'BR' and issued_on between @from::date and @to::date", from, to));
        Value(figures, "cancelled")
            .ShouldBe(
                await SumAsync(
                    "select sum(o.amount) from billing.invoice c join billing.invoice o on o.id = c.cancels_id where c.issued_on between "
                        + "@from::date and @to::date",
                    from,
                    to
                )
            );
        Value(figures, "waived")
            .ShouldBe(
                await SumAsync(
                    "select sum(debit - credit) from billing.posting_line l join billing.posting p on p.id = l.posting_id where ledger_account = "
                        + "'waived' and p.dated_on between @from::date and @to::date",
                    from,
                    to
                )
            );
        Value(figures, "written-off")
            .ShouldBe(
                await SumAsync(
                    "select sum(debit - credit) from billing.posting_line l join billing.posting p on p.id = l.posting_id where ledger_account = "
                        + "'written_off' and p.dated_on between @from::date and @to::date",
                    from,
                    to
                )
            );
        Value(figures, "taken-over")
            .ShouldBe(
                await SumAsync(
                    "select sum(o.amount) from billing.item o join billing.opening_import i on i.id = o.import_id where o.kind = 'open' "
                        + "and not o.undone and i.taken_on between @from::date and @to::date",
                    from,
                    to
                )
            );
        Value(figures, "recovered")
            .ShouldBe(
                await SumAsync(
                    "select sum(credit - debit) from billing.posting_line l join billing.posting p on p.id = l.posting_id where ledger_account = "
                        + "'recovered' and p.dated_on between @from::date and @to::date",
                    from,
                    to
                )
            );
        // What settled claims: every entry on the receivables that neither made nor took back nor forgave a claim, less what cancellations turned into credit.
        var settled =
            await SumAsync(
                "select sum(credit - debit) from billing.posting_line l join billing.posting p on p.id = l.posting_id where ledger_account = "
                    + "'receivables' and p.kind in ('payment', 'set_off') and p.dated_on between @from::date and @to::date",
                from,
                to
            )
            - await SumAsync(
                "select sum(credit) from billing.posting_line l join billing.posting p on p.id = l.posting_id where ledger_account = 'credit' "
                    + "and p.kind = 'cancellation' and p.dated_on between @from::date and @to::date",
                from,
                to
            );
        Value(figures, "paid").ShouldBe(settled);
        Value(figures, "open").ShouldBe(await ReceivablesAsync("p.dated_on <= @to::date", from, to));
        Value(figures, "overdue")
            .ShouldBe(
                await SumAsync(
                    """
                    select sum(x.open) from (
                      select i.due_on, i.payment_route, sum(l.debit) - sum(l.credit) as open from billing.invoice i
                        join billing.posting_line l on l.invoice_id = i.id and l.ledger_account = 'receivables' join billing.posting p on p.id = l.posting_id
                          and p.dated_on <= @to::date group by i.id
                      union all
                      select e.due_on, 'transfer', sum(l.debit) - sum(l.credit) from billing.item e
                        join billing.posting_line l on l.item_id = e.id and l.ledger_account = 'receivables' join billing.posting p on p.id = l.posting_id
                          and p.dated_on <= @to::date group by e.id) x
                     where x.payment_route = 'transfer' and x.due_on < least(@to::date, '2027-12-05')
                    """,
                    from,
                    to
                )
            );
        Value(figures, "credits")
            .ShouldBe(
                await SumAsync(
                    "select sum(credit - debit) from billing.posting_line l join billing.posting p on p.id = l.posting_id where ledger_account = "
                        + "'credit' and p.dated_on <= @to::date",
                    from,
                    to
                )
            );
        Value(figures, "released")
            .ShouldBe(
                await SumAsync(
                    "select sum(credit - debit) from billing.posting_line l join billing.posting p on p.id = l.posting_id where ledger_account = "
                        + "'released_credit' and p.dated_on between @from::date and @to::date",
                    from,
                    to
                )
            );
        Value(figures, "control").ShouldBe(0);
        var owed =
            Value(figures, "open-before")!
            + Value(figures, "charged")
            + Value(figures, "taken-over")
            - Value(figures, "cancelled")
            - Value(figures, "waived")
            - Value(figures, "written-off");
        Value(figures, "owed").ShouldBe(owed);
        if (owed > 0)
            Value(figures, "ratio").ShouldBe(settled / owed);
        figures
            .Figures.Single(f => f.Key == "bank")
            .Day.ShouldBe(
                await year.Office.ReadAsync<DateOnly?>(
                    "select max(dated_on) from billing.posting where kind in ('payment', 'refund') and dated_on <= @to::date",
                    new { to }
                )
            );
    }

    [Theory]
    [InlineData("2027-01-01", "2027-12-31", "2027")]
    [InlineData("2026-01-01", "2026-12-31", "2026")]
    [InlineData("2027-03-01", "2027-03-31", "2027")]
    [InlineData("2026-07-01", "2027-06-30", "2027")]
    [InlineData("2026-01-01", "2027-12-31", "2026,2027")]
    public async Task dues_of_a_year_count_in_that_year_whenever_they_were_invoiced(string from, string to, string years)
    {
        var figures = (await year.Office.FiguresAsync(from, to))[1];

        var live = $"""
            from billing.invoice i where i.kind = 'invoice' and i.dues_year in ({years}) and i.issued_on <= @to::date
              and not exists (select from billing.invoice s where s.cancels_id = i.id and s.issued_on <= @to::date)
            """;
        Value(figures, "dues-charged").ShouldBe(await SumAsync($"select sum(i.amount) {live}", from, to));
        Value(figures, "dues-open")
            .ShouldBe(
                await SumAsync(
                    "select sum(l.debit - l.credit) from billing.posting_line l join billing.posting p on p.id = l.posting_id where l.ledger_account = "
                        + $"'receivables' and p.dated_on <= @to::date and l.invoice_id in (select i.id {live})",
                    from,
                    to
                )
            );
        Value(figures, "dues-forgiven")
            .ShouldBe(
                await SumAsync(
                    "select sum(l.debit - l.credit) from billing.posting_line l join billing.posting p on p.id = l.posting_id where l.ledger_account in "
                        + $"('waived', 'written_off') and p.dated_on <= @to::date and p.invoice_id in (select i.id {live})",
                    from,
                    to
                )
            );
        Value(figures, "dues-paid").ShouldBe(Value(figures, "dues-charged")! - Value(figures, "dues-forgiven") - Value(figures, "dues-open"));
    }

    [Fact]
    public async Task the_overview_shows_these_figures_with_last_year_beside()
    {
        var sheet = year.Book.Sheets["Übersicht"];
        var (now, before) = (await year.Office.FiguresAsync("2027-01-01", "2027-12-31"), await year.Office.FiguresAsync("2026-01-01", "2026-12-31"));
        for (var group = 0; group < now.Count; group++)
        {
            var table = sheet.Named($"Kennzahlen{group + 1}");
            table.Headers.ShouldBe([now[group].Title, "2027", "2026", "Veränderung"]);
            table.Rows.Count.ShouldBe(now[group].Figures.Count);
            for (var row = 0; row < table.Rows.Count; row++)
            {
                var (shown, figure) = (table.Rows[row], now[group].Figures[row]);
                shown[now[group].Title].ShouldBe(figure.Name);
                if (figure.Day is not null)
                    continue;
                Rounded(shown["2027"]).ShouldBe(Rounded(now[group].Number(row)), figure.Key);
                Rounded(shown["2026"]).ShouldBe(Rounded(before[group].Number(row)), figure.Key);
                Rounded(shown["Veränderung"]).ShouldBe(Rounded(now[group].Number(row) - before[group].Number(row)), figure.Key);
            }
        }
        sheet.Cells.Select(c => c.Text).ShouldContain("Gesundheitsregion Bliesland e. V.");
        sheet.Cells.Select(c => c.Text).ShouldContain("Dr. Nora Groß");
        sheet.Cells.Select(c => c.Text).ShouldContain("01.01.2027 bis 31.12.2027");
    }

    [Fact]
    public async Task what_no_figure_explains_shows_in_the_control_line()
    {
        await using var office = await BoardOffice.OpenAsync(new DateOnly(2026, 11, 23));
        var member = await office.MemberAsync("insurer", "Kasse");
        await office.ChargeAsync(2027);
        (await office.FiguresAsync("2026-01-01", "2026-12-31")).ShouldAllBe(g => g.ControlsHold);

        // An entry that no part of the product makes: the claim shrinks, and nobody paid, waived or cancelled.
        await office.ExecuteAsync(
            """
            insert into billing.posting_line (posting_id, position, ledger_account, account_id, invoice_id, debit, credit)
            select '019a0000-0000-7000-8000-00000000ffff'::uuid, 1, 'receivables', i.account_id, i.id, 0::numeric, 75::numeric from billing.invoice i
              join billing.account a on a.id = i.account_id where a.member_id = @member
            union all select '019a0000-0000-7000-8000-00000000ffff'::uuid, 2, 'dues_income', null, null, 75, 0;
            insert into billing.posting (id, kind, booked_on, dated_on, invoice_id, text, posted_by)
            select '019a0000-0000-7000-8000-00000000ffff'::uuid, 'payment', date '2026-11-23', date '2026-11-23', id, 'unerklärt', 'Test'
              from billing.invoice limit 1;
            """,
            new { member = member.Value }
        );

        var groups = await office.FiguresAsync("2026-01-01", "2026-12-31");
        groups[2].ControlsHold.ShouldBeFalse();
        Value(groups[2], "control").ShouldBe(75);
        var report = await office.AskAsync(new ComposeBoardReport(new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31)));
        report.ControlsHold.ShouldBeFalse();
        new Reading.Workbook(report.Bytes)
            .Sheets["Übersicht"]
            .Cells.Select(c => c.Text)
            .ShouldContain("Eine Kontrollzeile geht nicht auf. Klären Sie die Differenz, bevor der Vorstand den Bericht bekommt.");
    }

    [Theory]
    [InlineData("2027-02-01", "2027-01-31", "Der letzte Tag liegt vor dem ersten. Tauschen Sie die beiden.")]
    [InlineData("2027-01-01", "2028-01-01", "Der letzte Tag liegt nach dem 31.12.2027. Über das laufende Jahr hinaus gibt es keinen Bericht.")]
    [InlineData("0001-01-01", "2027-12-31", "Der erste Tag liegt vor 1990. Wählen Sie einen späteren.")]
    public async Task a_period_that_cannot_be_reported_is_refused_with_a_sentence(string from, string to, string sentence)
    {
        (
            await Should.ThrowAsync<ProblemsException>(year.Office.AskAsync(new ComposeBoardReport(BoardOffice.Day(from), BoardOffice.Day(to))))
        ).Message.ShouldContain(sentence);
        (await Should.ThrowAsync<ProblemsException>(year.Office.FiguresAsync(from, to))).Message.ShouldContain(sentence);
    }

    [Fact]
    public async Task years_are_the_fiscal_years_of_the_settings()
    {
        await using var office = await BoardOffice.OpenAsync(new DateOnly(2027, 3, 10));
        await using var scope = office.Office.As(Actor.System);
        await using (var connection = await office.Office.Database.OpenConnectionAsync())
            (
                await scope
                    .Services.GetRequiredService<IOfficeRules>()
                    .SaveAsync(connection, OfficeRules.Default with { Bookkeeping = new(FiscalYearMonth: 10) }, CancellationToken.None)
            ).ShouldNotBeNull();
        var periods = scope.Services.GetRequiredService<ReportPeriods>();

        (await periods.YearAsync(null, CancellationToken.None)).ShouldBe(new BoardPeriod(new DateOnly(2026, 10, 1), new DateOnly(2027, 9, 30)));
        (await periods.YearAsync(new DateOnly(2025, 10, 1), CancellationToken.None)).To.ShouldBe(new DateOnly(2026, 9, 30));
        (await office.AskAsync(new ComposeBoardReport(new DateOnly(2026, 10, 1), new DateOnly(2027, 9, 30)))).FileName.ShouldBe(
            "vorstandsbericht-2026-10-01-2027-09-30.xlsx"
        );
    }

    private static decimal? Value(FigureGroup group, string key) => group.Number(group.Figures.Select((f, row) => (f, row)).Single(f => f.f.Key == key).row);

    private static decimal? Rounded(object? number) => number is decimal value ? decimal.Round(value, 8) : null;

    private async Task<decimal> CountAsync(string where, string from, string to) =>
        await year.Office.ReadAsync<long>($"select count(*) from membership.member where {where}", new { from, to });

    private async Task<decimal> SumAsync(string sql, string from, string to) => await year.Office.ReadAsync<decimal?>(sql, new { from, to }) ?? 0;

    private Task<decimal> ReceivablesAsync(string when, string from, string to) =>
        SumAsync(
            $"select sum(l.debit) - sum(l.credit) from billing.posting_line l join billing.posting p on p.id = l.posting_id where l.ledger_account = 'receivables' and {when}",
            from,
            to
        );
}
