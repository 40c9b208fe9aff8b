using System.Globalization;
using System.Xml.Linq;
using Association.Board.Reports;
using Association.Board.Tests.Reading;
using Shouldly;
using Xunit;

namespace Association.Board.Tests;

/// <summary>The file itself: real tables, printing, formulas with values, and nothing that a name could start.</summary>
public sealed class WorkbookFileTests(SeededYear year) : IClassFixture<SeededYear>
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    [Fact]
    public void the_sheets_stand_in_the_order_of_the_report() =>
        year.Book.Sheets.Keys.ShouldBe([
            "Übersicht",
            "Mitglieder",
            "Bewegungen",
            "Beiträge",
            "Offene Posten",
            "Zahlungen",
            "Ermäßigungen",
            "Fehlende Angaben",
            "Prognose",
        ]);

    [Fact]
    public void every_formula_has_its_value_and_no_sheet_has_an_error()
    {
        var formulas = year.Book.Sheets.Values.SelectMany(s => s.Cells).Where(c => c.Formula is not null).ToList();
        formulas.Count.ShouldBeGreaterThan(50);
        formulas.ShouldAllBe(c => c.Number != null || (c.Text == "" && c.Formula!.StartsWith("IF(", StringComparison.Ordinal)));
        year.Book.Sheets.Values.SelectMany(s => s.Xml.Descendants(Main + "c")).Select(c => (string?)c.Attribute("t")).ShouldNotContain("e");
    }

    [Fact]
    public void every_list_is_a_table_with_filters_a_frozen_header_and_a_page_of_its_own_width()
    {
        foreach (var (name, sheet) in year.Book.Sheets)
        {
            var page = sheet.Xml.Descendants(Main + "pageSetup").Single();
            (
                (string?)page.Attribute("paperSize"),
                (string?)page.Attribute("orientation"),
                (int?)page.Attribute("fitToWidth") ?? 1,
                (int?)page.Attribute("fitToHeight")
            ).ShouldBe(("9", "landscape", 1, 0), name);
            sheet.Xml.Descendants(Main + "oddFooter").Single().Value.ShouldContain("&P");
            sheet.Xml.Descendants(Main + "pane").Single().Attribute("state")!.Value.ShouldStartWith("frozen");
            sheet.Tables.ShouldNotBeEmpty(name);
            if (name == "Übersicht")
                continue;
            var main = sheet.Tables.First(t => t.HasFilters);
            ((int)sheet.Xml.Descendants(Main + "pane").Single().Attribute("ySplit")!).ShouldBe(main.HeaderRow, name);
            year.Book.DefinedNames.ShouldContain(
                d =>
                    d.Name == "_xlnm.Print_Titles"
                    && d.Value.Contains(name, StringComparison.Ordinal)
                    && d.Value.EndsWith($"${main.HeaderRow}:${main.HeaderRow}", StringComparison.Ordinal),
                name
            );
        }
    }

    [Fact]
    public void euro_percent_and_days_have_their_formats()
    {
        var formats = year.Book.Part("xl/styles.xml").Descendants(Main + "numFmt").Select(f => (string)f.Attribute("formatCode")!).ToList();
        formats.ShouldContain("#,##0.00 \"€\"");
        formats.ShouldContain("0.0 %");
        formats.ShouldContain("dd.mm.yyyy");
    }

    [Fact]
    public void a_hostile_name_stays_text()
    {
        var cells = year.Book.Sheets.Values.SelectMany(s => s.Cells).ToList();
        var styles = year.Book.Part("xl/styles.xml").Root!.Element(Main + "cellXfs")!.Elements().ToList();
        foreach (var name in SeededYear.HostileNames)
        {
            var shown = cells.Where(c => c.Text == name).ToList();
            shown.ShouldNotBeEmpty(name);
            shown.ShouldAllBe(c => c.Formula == null && c.IsString, name);
            shown.ShouldAllBe(c => (string?)styles[c.Style].Attribute("quotePrefix") == "1", name);
        }
        cells
            .Where(c => c.Formula is not null)
            .ShouldAllBe(c => !c.Formula!.Contains("HYPERLINK", StringComparison.Ordinal) && !c.Formula.Contains("http", StringComparison.Ordinal));
        year.Book.Parts.ShouldNotContain(p => p.Xml.Root!.Name.LocalName == "externalLink");
    }

    [Fact]
    public async Task a_french_reader_gets_french_sheets()
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
            var book = await year.Office.ReportAsync("2027-01-01", "2027-12-31");
            book.Sheets.Keys.ShouldBe([
                "Aperçu",
                "Membres",
                "Mouvements",
                "Cotisations",
                "Postes ouverts",
                "Paiements",
                "Réductions",
                "Données manquantes",
                "Prévision",
            ]);
            book.Sheets["Membres"].Named("Mitglieder").Rows[0]["Catégorie"].ShouldBe("Établissements hospitaliers");
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    [Fact]
    public async Task an_empty_association_and_a_period_without_anything_have_a_report_too()
    {
        await using var office = await BoardOffice.OpenAsync(new DateOnly(2026, 11, 23));
        var empty = await office.ReportAsync("2026-01-01", "2026-12-31");
        empty.Sheets.Count.ShouldBe(9);
        empty.Sheets["Offene Posten"].Named("OffenePosten").Rows.ShouldHaveSingleItem()["Nummer"].ShouldBe("Keine Einträge");
        var quiet = await year.Office.ReportAsync("2001-01-01", "2001-01-31");
        quiet.Sheets["Zahlungen"].Named("Zahlungen").Totals["Summe"].ShouldBe(0m);
        quiet.Sheets["Prognose"].Cells.Select(c => c.Text).ShouldContain("Für 2002 gilt noch keine Beitragsordnung. Eine Prognose ist erst mit ihr möglich.");
    }

    [Fact]
    public async Task what_the_board_got_is_kept_byte_for_byte_and_nobody_changes_it()
    {
        var made = await year.Office.InvokeAsync<CreatedReport>("office", new CreateBoardReport(new DateOnly(2027, 1, 1), new DateOnly(2027, 12, 31)));
        made.FileName.ShouldBe("vorstandsbericht-2027.xlsx");
        var first = (await year.Office.AskAsync(new ReadBoardReport(made.Id)))!;

        await year.Office.ExecuteAsync("update membership.member set name = 'Umbenannt' where name = '@SUM(A1)'");
        var again = (await year.Office.AskAsync(new ReadBoardReport(made.Id)))!;
        await year.Office.ExecuteAsync("update membership.member set name = '@SUM(A1)' where name = 'Umbenannt'");

        again.Bytes.ToArray().ShouldBe(first.Bytes.ToArray());
        var kept = (await year.Office.AskAsync(new ListBoardReports()))[0];
        (kept.Id, kept.CreatedBy, kept.ControlsHold, kept.Size).ShouldBe((made.Id, "Anna Dörr", true, first.Bytes.Length));
        foreach (var change in new[] { "update board.report set created_by_name = 'x'", "delete from board.report", "truncate board.report" })
            (await Should.ThrowAsync<Npgsql.PostgresException>(year.Office.ExecuteAsync(change))).SqlState.ShouldBe("AS001");
    }
}
