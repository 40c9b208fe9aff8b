using Association.Board.Tests.Reading;
using Association.Membership.Dues.Preview;
using Shouldly;
using Xunit;

namespace Association.Board.Tests;

/// <summary>The sheets about members, each figure against a query of its own over the seeded year.</summary>
public sealed class MemberSheetsTests(SeededYear year) : IClassFixture<SeededYear>
{
    [Fact]
    public async Task members_are_counted_by_category_from_start_to_end()
    {
        var table = year.Book.Sheets["Mitglieder"].Named("Mitglieder");
        table.Headers.ShouldBe(["Kategorie", "Anfang 01.01.2027", "Eintritte", "Austritte", "Wechsel", "Ende 31.12.2027"]);
        var names = await year.Office.QueryAsync<(string Code, string Name)>("select code, name_de from membership.category order by position");
        table.Rows.Select(r => r["Kategorie"]).ShouldBe(names.Select(n => n.Name));
        foreach (var (code, name) in names)
        {
            var row = table.Rows.Single(r => (string)r["Kategorie"]! == name);
            // On 31.12.2026 the old category counted, from 1.1.2027 the next one does.
            row["Anfang 01.01.2027"]
                .ShouldBe(
                    await CountAsync(
                        "category = @code and coalesce(joined_on, '1900-01-01') <= '2026-12-31' and coalesce(left_on, '2999-01-01') > '2026-12-31'",
                        code
                    )
                );
            row["Eintritte"].ShouldBe(await CountAsync("coalesce(next_category, category) = @code and extract(year from joined_on) = 2027", code));
            row["Austritte"].ShouldBe(await CountAsync("coalesce(next_category, category) = @code and extract(year from left_on) = 2027", code));
            row["Ende 31.12.2027"]
                .ShouldBe(
                    await CountAsync(
                        "coalesce(next_category, category) = @code and coalesce(joined_on, '1900-01-01') <= '2027-12-31' and coalesce(left_on, '2999-01-01') > '2027-12-31'",
                        code
                    )
                );
            row["Wechsel"]
                .ShouldBe(
                    await CountAsync("next_category = @code and next_category_on = '2027-01-01'", code)
                        - await CountAsync("category = @code and next_category_on = '2027-01-01'", code)
                );
            ((decimal)row["Ende 31.12.2027"]!).ShouldBe(
                (decimal)row["Anfang 01.01.2027"]! + (decimal)row["Eintritte"]! - (decimal)row["Austritte"]! + (decimal)row["Wechsel"]!
            );
        }
        Totals.ShouldAddUp(table);
    }

    [Fact]
    public async Task every_entry_exit_and_change_is_listed_with_its_day()
    {
        var rows = year.Book.Sheets["Bewegungen"].Named("Bewegungen").Rows;
        var expected = await year.Office.QueryAsync<(string Number, string Name, string Kind, DateOnly Day, string Category, string? Ground)>(
            """
            select number, name, 'Eintritt', joined_on, (select name_de from membership.category where code = category), null from membership.member
              where joined_on between '2027-01-01' and '2027-12-31'
            union all
            select number, name, 'Austritt', left_on, (select name_de from membership.category where code = category), case left_reason when 'death' then 'Tod'
              when 'exclusion' then 'Ausschluss' end
              from membership.member where left_on between '2027-01-01' and '2027-12-31'
            union all
            select number, name, 'Kategoriewechsel', next_category_on, 'Arztpraxen und Apotheken → Forschung und Lehre', null from membership.member
              where next_category_on = '2027-01-01'
            order by 4, 2
            """
        );
        expected.Count.ShouldBe(5);
        rows.Select(r => (r["Nummer"], r["Name"], r["Art"], Days.Of(r["Datum"]), r["Kategorie"], r["Beschluss oder Erklärung"]))
            .ShouldBe(
                expected.Select(e => ((object?)e.Number, (object?)e.Name, (object?)e.Kind, (DateOnly?)e.Day, (object?)e.Category, (object?)e.Ground)),
                ignoreOrder: true
            );
    }

    [Fact]
    public async Task an_exit_names_the_notice_and_its_day()
    {
        var rows = (await year.Office.ReportAsync("2026-01-01", "2026-12-31")).Sheets["Bewegungen"].Named("Bewegungen").Rows;
        rows.ShouldHaveSingleItem()["Beschluss oder Erklärung"].ShouldBe("Kündigung, eingegangen am 14.08.2026");
    }

    [Fact]
    public async Task reductions_stand_with_what_they_cost_and_their_resolution()
    {
        var table = year.Book.Sheets["Ermäßigungen"].Named("Ermaessigungen");
        var rows = table.Rows.ToDictionary(r => (string)r["Name"]!);
        rows.Count.ShouldBe(
            await year.Office.ReadAsync<int>("select count(*)::int from membership.dues_reduction where from_year <= 2027 and coalesce(to_year, 9999) >= 2027")
        );
        // 50 % of what research owes, and all of what a person would owe (sample regulation: 500 € and 60 €).
        rows["Hochschule für Pflege"]
            ["Betrag"]
            .ShouldBe(
                await year.Office.ReadAsync<decimal>(
                    "select full_year from membership.charge c join membership.member m on m.id = c.member_id where m.name = 'Hochschule für Pflege' and period = 2027"
                )
            );
        rows["Hochschule für Pflege"]["Prozent"].ShouldBe(0.5m);
        rows["Hochschule für Pflege"]["Bis"].ShouldBe(2027m);
        rows["Ehrenfried, Otto"]["Betrag"].ShouldBe(await year.Office.ReadAsync<decimal>("select amount from membership.dues_rule where category = 'person'"));
        rows["Ehrenfried, Otto"]["Art"].ShouldBe("Ehrenmitglied");
        rows["Ehrenfried, Otto"]["Bis"].ShouldBeNull();
        rows.Values.ShouldAllBe(r => (string)r["Beschluss"]! == "Vorstand 12.03.2026");
        table.Totals["Betrag"].ShouldBe(table.Rows.Sum(r => (decimal)r["Betrag"]!));
    }

    [Fact]
    public async Task missing_values_and_open_questions_are_listed()
    {
        var rows = year.Book.Sheets["Fehlende Angaben"].Named("FehlendeAngaben").Rows;
        var missing = (await year.Office.AskAsync(new PreviewDuesRun(2027)))
            .Summary.Missing.Concat((await year.Office.AskAsync(new PreviewDuesRun(2028))).Summary.Missing)
            .ToList();
        missing.ShouldNotBeEmpty();
        rows.Where(r => ((string)r["Was fehlt"]!).StartsWith("Bemessungsgrundlage", StringComparison.Ordinal))
            .Select(r => r["Name"])
            .ShouldBe(missing.Select(m => m.Name));
        rows.ShouldContain(r => (string)r["Name"]! == "Klinikum ohne Bettenzahl" && (string)r["Einzelheit"]! == "Planbetten zum 31.12.2026");
        rows.ShouldContain(r =>
            (string)r["Name"]! == "Hürter, Katrin"
            && (string)r["Was fehlt"]! == "Ermäßigung"
            && (string)r["Einzelheit"]! == "Ermäßigt laut Vorstand: um wie viel?"
        );
        rows.ShouldContain(r => (string)r["Name"]! == "(nicht übernommene Zeile)" && (string)r["Einzelheit"]! == "Zeile 14 gleicht Mitglied 1003.");
        rows.Count.ShouldBe(missing.Count + await year.Office.ReadAsync<int>("select count(*)::int from membership.clarification where state = 'open'"));
    }

    [Fact]
    public async Task the_forecast_counts_what_is_known_and_estimates_nothing()
    {
        var table = year.Book.Sheets["Prognose"].Named("Prognose");
        table.Headers.ShouldBe([
            "Kategorie",
            "Bestätigt",
            "Fehlend (nicht geschätzt)",
            "Ausgetreten vor 2028",
            "Summe 2028",
            "Jahresbeitrag 2027",
            "Differenz",
        ]);
        var preview = (await year.Office.AskAsync(new PreviewDuesRun(2028))).Summary;
        foreach (var (code, name) in await year.Office.QueryAsync<(string, string)>("select code, name_de from membership.category"))
        {
            var row = table.Rows.Single(r => (string)r["Kategorie"]! == name);
            var waiting = preview.Categories.SingleOrDefault(c => c.Category == code);
            var charged = await year.Office.ReadAsync<(long Count, decimal Sum)>(
                "select count(*), coalesce(sum(amount), 0) from membership.charge where category = @code and period = 2028 and voided_at is null",
                new { code }
            );
            row["Bestätigt"].ShouldBe(charged.Count + (waiting?.Charges ?? 0));
            row["Summe 2028"].ShouldBe(charged.Sum + (waiting?.Total.Amount ?? 0));
            row["Fehlend (nicht geschätzt)"].ShouldBe(preview.Missing.Count(m => m.Category == code));
            row["Ausgetreten vor 2028"].ShouldBe(await CountAsync("coalesce(next_category, category) = @code and extract(year from left_on) = 2027", code));
            var last = await year.Office.ReadAsync<decimal?>(
                "select sum(c.full_year) from membership.charge c join membership.member m on m.id = c.member_id where coalesce(m.next_category, m.category) = @code and c.period = 2027 and c.voided_at is null",
                new { code }
            );
            row["Jahresbeitrag 2027"].ShouldBe(last);
            row["Differenz"].ShouldBe(last is null ? null : (decimal)row["Summe 2028"]! - last);
        }
        Totals.ShouldAddUp(table);
    }

    private Task<decimal> CountAsync(string where, string code) =>
        year.Office.ReadAsync<decimal>($"select count(*)::numeric from membership.member where {where}", new { code });
}
