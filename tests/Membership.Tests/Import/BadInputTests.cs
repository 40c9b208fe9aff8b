using System.IO.Compression;
using System.Text;
using Association.Membership.Import.Mapping;
using Association.Membership.Import.Preview;
using Association.Platform.Messaging;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Import;

/// <summary>Files that are no member list: each is refused with a sentence, and nothing is written.</summary>
public sealed class BadInputTests : IClassFixture<ImportOffice>
{
    private readonly ImportOffice _office;

    public BadInputTests(ImportOffice office) => _office = office;

    // Made when the test runs: as data of the theory they would be written out whenever tests are listed.
    private static byte[] Make(string name) =>
        name switch
        {
            "leer.xlsx" => [],
            "brief.xlsx" => Encoding.UTF8.GetBytes("Sehr geehrte Damen und Herren"),
            "bild.xlsx" => [0xff, 0xd8, 0xff, 0xe0, 0, 16, 1, 2],
            "alt.xls" => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]],
            "geheim.xlsx" =>
            [
                0xD0,
                0xCF,
                0x11,
                0xE0,
                0xA1,
                0xB1,
                0x1A,
                0xE1,
                .. new byte[600],
                .. Encoding.Unicode.GetBytes("EncryptedPackage"),
                .. new byte[600],
            ],
            "halb.xlsx" => Workbook("<sheetData/>")[..200],
            "gross.xlsx" => new byte[21 * 1024 * 1024],
            "bombe.xlsx" => Workbook("<sheetData>" + new string(' ', 60_000_000) + "</sheetData>"),
            "entitaet.xlsx" => Workbook(
                "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&x;</t></is></c></row></sheetData>",
                "<!DOCTYPE worksheet [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
            ),
            "ohne.xlsx" => Workbook("<sheetData/>"),
            "rezepte.csv" => Encoding.UTF8.GetBytes("Zutat;Menge\r\nMehl;500 g\r\n"),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };

    [Theory]
    [InlineData("leer.xlsx", "Die Datei ist leer")]
    [InlineData("brief.xlsx", "keine Excel-Datei")]
    [InlineData("bild.xlsx", "keine Excel-Datei")]
    [InlineData("alt.xls", "keine Excel-Datei")]
    [InlineData("geheim.xlsx", "Kennwort")]
    [InlineData("halb.xlsx", "beschädigt")]
    [InlineData("gross.xlsx", "MB groß")]
    [InlineData("bombe.xlsx", "Entpacken")]
    [InlineData("entitaet.xlsx", "XML-Entitäten")]
    [InlineData("ohne.xlsx", "keine Mitgliederliste")]
    [InlineData("rezepte.csv", "keine Mitgliederliste")]
    public async Task a_file_that_is_no_list_is_refused_with_a_sentence(string name, string sentence)
    {
        var bytes = Make(name);
        (await Should.ThrowAsync<ProblemsException>(() => _office.PreviewAsync(new ListUpload(name, bytes)))).Message.ShouldContain(sentence);
        await Should.ThrowAsync<ProblemsException>(() => _office.ApplyAsync(new ListUpload(name, bytes)));
        (
            await _office.ScalarAsync<long>(
                "select (select count(*) from membership.member) + (select count(*) from membership.import) + (select count(*) from platform.archive_file)"
            )
        ).ShouldBe(0);
    }

    [Fact]
    public async Task a_million_empty_rows_below_the_list_are_passed_over()
    {
        var rows = new StringBuilder("<sheetData>");
        string[][] filled =
        [
            ["Nr.", "Name", "Kategorie"],
            ["1", "Linden-Apotheke", "Apotheke"],
        ];
        for (var row = 1; row <= 1_048_576; row++)
            rows.Append("<row r=\"")
                .Append(row)
                .Append("\">")
                .Append(
                    row <= filled.Length
                        ? string.Concat(filled[row - 1].Select((text, at) => $"<c r=\"{(char)('A' + at)}{row}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"))
                        : ""
                )
                .Append("</row>");
        var plan = await _office.PreviewAsync(new ListUpload("endlos.xlsx", Workbook(rows.Append("</sheetData>").ToString())));
        (plan.Rows.Count, plan.IgnoredCount).ShouldBe((1, 0));
    }

    [Fact]
    public async Task an_amount_of_a_trillion_and_a_name_of_five_thousand_letters_are_named_with_their_cells()
    {
        var plan = await _office.PreviewAsync(
            ImportOffice.Csv(
                "Nr.|Name|Kategorie|Eintritt|Austritt|Beitrag 2026",
                "1|Linden-Apotheke|Apotheke|||1.000.000.000.000,00 €",
                $"2|{new string('x', 5000)}|Apotheke|||1",
                "3|Rosen-Apotheke|Apotheke|01.01.2020|31.12.2019|1"
            )
        );
        plan.Errors.Select(e => (e.Finding.Column!.Letter + e.Row.Row, e.Finding.Reason.Key, e.Row.Imported))
            .ShouldBe([("F2", "AmountTooLarge", true), ("B3", "TooLong", false), ("E4", "ExitBeforeEntry", false)]);
    }

    [Fact]
    public async Task a_mapping_that_names_no_column_is_refused()
    {
        var list = ImportOffice.Csv("Nr.|Name|Kategorie", "1|Linden-Apotheke|Apotheke");
        var choices = MappingChoices.None with { Columns = new Dictionary<string, string> { ["Umsatz"] = "priorDues" } };
        (await Should.ThrowAsync<ProblemsException>(() => _office.PreviewAsync(list with { Choices = choices }))).Message.ShouldBe(
            "Die Liste hat keine Spalte „Umsatz“. Erwartet wird ein Spaltenkopf oder ein Buchstabe."
        );
        Should
            .Throw<Association.Membership.Import.ImportRefusedException>(() => MappingFile.Read("nicht json"u8, "zuordnung.json"))
            .Reason.Key.ShouldBe("MappingFile");
        MappingFile.Read("""{"columns": {"Giro": "iban"}}"""u8, "zuordnung.json").Columns["Giro"].ShouldBe("iban");
    }

    internal static byte[] Workbook(string sheetData, string doctype = "")
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Put(
                "[Content_Types].xml",
                """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"""
            );
            Put(
                "_rels/.rels",
                """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
            );
            Put(
                "xl/workbook.xml",
                """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Tabelle1" sheetId="1" r:id="rId1"/></sheets></workbook>"""
            );
            Put(
                "xl/_rels/workbook.xml.rels",
                """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"""
            );
            Put(
                "xl/worksheets/sheet1.xml",
                doctype + "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">" + sheetData + "</worksheet>"
            );

            void Put(string path, string text)
            {
                using var writer = new StreamWriter(zip.CreateEntry(path).Open());
                writer.Write(text);
            }
        }
        return file.ToArray();
    }
}
