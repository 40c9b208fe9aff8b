using Association.Board.Tests.Reading;
using Shouldly;
using Xunit;

namespace Association.Board.Tests;

/// <summary>The sheets about money, each figure against a query of its own over the seeded year.</summary>
public sealed class BillingSheetsTests(SeededYear year) : IClassFixture<SeededYear>
{
    [Fact]
    public async Task dues_stand_by_year_and_category()
    {
        var table = year.Book.Sheets["Beiträge"].Named("Beitraege");
        table.Headers.ShouldBe([
            "Beitragsjahr",
            "Kategorie",
            "Anzahl",
            "Berechnet",
            "Erlassen, ausgebucht",
            "Bezahlt",
            "Offen",
            "Quote",
            "Vorjahr",
            "Differenz",
        ]);
        const string live = """
            from billing.invoice i join membership.charge h on h.id = i.charge_id join membership.category c on c.code = h.category
            where i.kind = 'invoice' and i.issued_on <= '2027-12-31' and not exists (select from billing.invoice s where s.cancels_id = i.id)
            """;
        var expected = await year.Office.QueryAsync<(int Year, string Category, long Count, decimal Charged)>(
            $"select i.dues_year, c.name_de, count(*), sum(i.amount) {live} group by 1, 2, c.position order by 1 desc, c.position"
        );
        table
            .Rows.Select(r => ((int)(decimal)r["Beitragsjahr"]!, (string)r["Kategorie"]!, (long)(decimal)r["Anzahl"]!, (decimal)r["Berechnet"]!))
            .ShouldBe(expected);
        foreach (var row in table.Rows)
        {
            var group = new { year = (int)(decimal)row["Beitragsjahr"]!, category = (string)row["Kategorie"]! };
            var paid =
                await year.Office.ReadAsync<decimal?>(
                    $"""
                    select sum(l.credit) from billing.posting_line l join billing.posting p on p.id = l.posting_id and p.kind in ('payment', 'set_off')
                     where l.ledger_account = 'receivables' and l.invoice_id in (select i.id {live} and i.dues_year = @year and c.name_de = @category)
                    """,
                    group
                ) ?? 0;
            var last = await year.Office.ReadAsync<decimal?>($"select sum(i.amount) {live} and i.dues_year = @year - 1 and c.name_de = @category", group);
            row["Bezahlt"].ShouldBe(paid);
            var forgiven =
                await year.Office.ReadAsync<decimal?>(
                    $"""
                    select sum(l.debit - l.credit) from billing.posting_line l join billing.posting p on p.id = l.posting_id
                     where l.ledger_account in ('waived', 'written_off') and p.invoice_id in (select i.id {live} and i.dues_year = @year
                       and c.name_de = @category)
                    """,
                    group
                ) ?? 0;
            row["Erlassen, ausgebucht"].ShouldBe(forgiven);
            row["Offen"].ShouldBe((decimal)row["Berechnet"]! - forgiven - paid);
            decimal.Round((decimal)row["Quote"]!, 10).ShouldBe(decimal.Round(paid / (decimal)row["Berechnet"]!, 10));
            row["Vorjahr"].ShouldBe(last);
            row["Differenz"].ShouldBe(last is null ? null : (decimal)row["Berechnet"]! - last);
        }
        Totals.ShouldAddUp(table, "Quote");
        decimal.Round((decimal)table.Totals["Quote"]!, 10).ShouldBe(decimal.Round((decimal)table.Totals["Bezahlt"]! / (decimal)table.Totals["Berechnet"]!, 10));
    }

    [Fact]
    public async Task open_items_stand_one_by_one_by_age_and_the_ten_largest()
    {
        var sheet = year.Book.Sheets["Offene Posten"];
        var list = sheet.Named("OffenePosten");
        list.Headers.ShouldBe(["Nummer", "Name", "Rechnung", "Fällig", "Tage überfällig", "Betrag", "Offen", "Mahnstufe", "Zahlweise", "Mahnsperre"]);
        var expected = await year.Office.QueryAsync<(
            string Number,
            string Name,
            string Invoice,
            DateOnly Due,
            int? Days,
            decimal Amount,
            decimal Open,
            string Route
        )>(
            """
            select a.member_number, a.name, o.number, o.due_on, case when o.payment_route = 'transfer' then nullif(greatest(date '2027-12-05' - o.due_on, 0),
              0) end, o.amount, o.open,
                   case o.payment_route when 'transfer' then 'Überweisung' else 'Lastschrift' end
              from billing.open_receivable o join billing.account a on a.id = o.account_id order by o.due_on, o.number
            """
        );
        list.Rows.Select(r => (r["Nummer"], r["Name"], r["Rechnung"], Days.Of(r["Fällig"]), r["Tage überfällig"], r["Betrag"], r["Offen"], r["Zahlweise"]))
            .ShouldBe(
                expected.Select(e =>
                    (
                        (object?)e.Number,
                        (object?)e.Name,
                        (object?)e.Invoice,
                        (DateOnly?)e.Due,
                        (object?)(decimal?)e.Days,
                        (object?)e.Amount,
                        (object?)e.Open,
                        (object?)e.Route
                    )
                )
            );
        Totals.ShouldAddUp(list, "Tage überfällig", "Mahnstufe");

        var ages = sheet.Named("Altersstruktur");
        ages.Headers.ShouldBe(["Fälligkeit", "nicht fällig", "1 bis 30 Tage", "31 bis 60 Tage", "61 bis 90 Tage", "über 90 Tage", "Summe"]);
        foreach (
            var (header, from, to) in new[]
            {
                ("nicht fällig", 0, 0),
                ("1 bis 30 Tage", 1, 30),
                ("31 bis 60 Tage", 31, 60),
                ("61 bis 90 Tage", 61, 90),
                ("über 90 Tage", 91, 99_999),
            }
        )
        {
            var within = expected.Where(e => (e.Days ?? 0) >= from && (e.Days ?? 0) <= to).ToList();
            ages.Rows[0][header].ShouldBe(within.Count);
            ages.Rows[1][header].ShouldBe(within.Sum(e => e.Open));
        }
        ages.Rows[0]["Summe"].ShouldBe(expected.Count);
        ages.Rows[1]["Summe"].ShouldBe(await year.Office.ReadAsync<decimal>("select sum(open) from billing.open_receivable"));

        sheet.Named("GroesstePosten").Rows.Select(r => r["Offen"]).ShouldBe(expected.Select(e => (object)e.Open).OrderDescending().Take(10));
    }

    [Fact]
    public async Task open_items_of_a_day_long_past_are_those_of_that_day()
    {
        var list = (await year.Office.ReportAsync("2027-01-01", "2027-03-31")).Sheets["Offene Posten"].Named("OffenePosten");
        var open = await year.Office.ReadAsync<decimal>(
            "select sum(l.debit - l.credit) from billing.posting_line l join billing.posting p on p.id = l.posting_id where l.ledger_account = 'receivables' and p.dated_on <= '2027-03-31'"
        );
        list.Totals["Offen"].ShouldBe(open);
        list.Rows.ShouldContain(r => (string)r["Name"]! == "Hürter, Katrin" && (decimal)r["Offen"]! == 40); // paid in part then, cancelled only in April
    }

    [Fact]
    public async Task payments_stand_by_month_and_sum_up_to_what_the_overview_calls_paid()
    {
        var table = year.Book.Sheets["Zahlungen"].Named("Zahlungen");
        table.Headers.ShouldBe(["Monat", "Überweisungen", "Einzüge", "Rückzahlungen", "Guthaben", "Auf Ausgebuchtes", "Summe"]);
        table
            .Rows.Select(r => r["Monat"])
            .ShouldBe(System.Globalization.CultureInfo.GetCultureInfo("de-DE").DateTimeFormat.MonthNames.Take(12).Select(m => (object)$"{m} 2027"));
        for (var month = 1; month <= 12; month++)
        {
            var row = table.Rows[month - 1];
            row["Überweisungen"].ShouldBe(await SumAsync("l.ledger_account = 'bank' and i.payment_route = 'transfer'", "l.debit", month));
            row["Einzüge"].ShouldBe(await SumAsync("l.ledger_account = 'bank' and i.payment_route = 'direct_debit'", "l.debit", month));
            row["Rückzahlungen"].ShouldBe(-await SumAsync("l.ledger_account = 'bank'", "l.credit", month));
            row["Guthaben"]
                .ShouldBe(
                    await SumAsync("l.ledger_account = 'credit' and p.kind not in ('opening', 'write_off')", "l.debit", month)
                        - await SumAsync("l.ledger_account = 'credit' and p.kind not in ('opening', 'write_off')", "l.credit", month)
                );
            row["Auf Ausgebuchtes"].ShouldBe(-await SumAsync("l.ledger_account = 'recovered'", "l.credit", month));
            row["Summe"]
                .ShouldBe(
                    (decimal)row["Überweisungen"]!
                        + (decimal)row["Einzüge"]!
                        + (decimal)row["Rückzahlungen"]!
                        + (decimal)row["Guthaben"]!
                        + (decimal)row["Auf Ausgebuchtes"]!
                );
        }
        Totals.ShouldAddUp(table);
        table
            .Totals["Summe"]
            .ShouldBe(
                year.Book.Sheets["Übersicht"].Named("Kennzahlen3").Rows.Single(r => (string)r["Forderungen und Zahlungen nach Buchungstag"]! == "Bezahlt")[
                    "2027"
                ]
            );
    }

    private async Task<decimal> SumAsync(string where, string side, int month) =>
        await year.Office.ReadAsync<decimal?>(
            $"""
            select sum({side}) from billing.posting_line l join billing.posting p on p.id = l.posting_id left join billing.invoice i on i.id = p.invoice_id
             where {where} and extract(year from p.dated_on) = 2027 and extract(month from p.dated_on) = @month
            """,
            new { month }
        ) ?? 0;
}
