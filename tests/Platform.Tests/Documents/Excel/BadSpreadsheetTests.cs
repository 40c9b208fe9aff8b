using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Association.Platform.Documents.Excel;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Documents.Excel;

public sealed class BadSpreadsheetTests
{
    private const string Row = """<row r="1"><c r="A1"><v>1</v></c></row>""";

    [Fact]
    public void an_empty_file_is_refused() => Refusal([], "liste.xlsx").ShouldBe(SpreadsheetProblem.Empty);

    [Fact]
    public void a_file_beyond_the_limit_is_refused_before_it_is_looked_at()
    {
        var refusal = Should.Throw<SpreadsheetException>(() => SpreadsheetReader.CheckLength(200L * 1024 * 1024));

        refusal.Problem.ShouldBe(SpreadsheetProblem.TooLarge);
        refusal.Sentence(Texts.In("de")).ShouldStartWith("Die Datei ist 200 MB groß; erlaubt sind 20 MB.");
        Refusal(new byte[21 * 1024 * 1024], "liste.xlsx").ShouldBe(SpreadsheetProblem.TooLarge);
    }

    [Theory]
    [
        InlineData("%PDF-1.7 …", "brief.pdf"),
        InlineData("<html><table>", "liste.xls"),
        InlineData("Name;Ort", "liste.xlsx"),
        InlineData("a\0b", "liste.csv"),
        InlineData("PKkein zip", "notiz.txt", SpreadsheetProblem.Damaged)
    ]
    public void what_is_no_table_is_refused_whatever_its_name_says(
        string content,
        string name,
        SpreadsheetProblem problem = SpreadsheetProblem.NotASpreadsheet
    ) => Refusal(Encoding.UTF8.GetBytes(content), name).ShouldBe(problem);

    [Fact]
    public void a_zip_file_without_a_workbook_is_refused() =>
        Refusal(new RawWorkbook(Row).Without("xl/workbook.xml").Bytes(), "fotos.zip").ShouldBe(SpreadsheetProblem.NotASpreadsheet);

    [Fact]
    public void an_encrypted_workbook_is_told_from_another_file_of_the_same_container()
    {
        Refusal(CompoundFile("EncryptedPackage"), "liste.xlsx").ShouldBe(SpreadsheetProblem.Encrypted);
        Refusal(CompoundFile("WordDocument"), "liste.xls").ShouldBe(SpreadsheetProblem.NotASpreadsheet);
    }

    [Fact]
    public void other_spreadsheet_formats_are_named_as_such()
    {
        Refusal(new RawWorkbook(Row).Without("xl/workbook.xml").With("xl/workbook.bin", "x").Bytes(), "liste.xlsb").ShouldBe(SpreadsheetProblem.OldFormat);
        Refusal(new RawWorkbook(Row).Without("xl/workbook.xml").With("mimetype", "x").With("content.xml", "<x/>").Bytes(), "liste.ods")
            .ShouldBe(SpreadsheetProblem.OldFormat);
        Refusal(new RawWorkbook(Row).With("xl/workbook.xml", """<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>""").Bytes(), "strict.xlsx")
            .ShouldBe(SpreadsheetProblem.Strict);
    }

    [Fact]
    public void a_zip_bomb_is_refused_without_unpacking_it()
    {
        var zeros = new byte[1024 * 1024];
        var bomb = new RawWorkbook(Row)
            .With(
                "xl/media/image1.png",
                stream =>
                {
                    for (var megabyte = 0; megabyte < 2048; megabyte++)
                        stream.Write(zeros);
                }
            )
            .Bytes();

        var before = GC.GetAllocatedBytesForCurrentThread();
        Refusal(bomb, "bombe.xlsx").ShouldBe(SpreadsheetProblem.Bomb);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(8 * 1024 * 1024);
    }

    [Fact]
    public void shared_texts_that_would_fill_the_memory_are_refused()
    {
        var workbook = new RawWorkbook(Row).With("xl/sharedStrings.xml", new string('x', 100_000)).Bytes();

        Should
            .Throw<SpreadsheetException>(() => SpreadsheetReader.Read(workbook, "l.xlsx", new SpreadsheetLimits { SharedTextBytes = 50_000 }))
            .Problem.ShouldBe(SpreadsheetProblem.Bomb);
    }

    [Theory]
    [InlineData("xl/styles.xml"), InlineData("xl/workbook.xml")]
    public void what_is_read_as_a_whole_before_the_rows_has_its_limit(string part)
    {
        var many = new StringBuilder("<a>").Insert(3, "<xf/>", 900_000).Append("</a>").ToString();

        Refusal(new RawWorkbook(Row).With(part, many).Bytes(), "l.xlsx").ShouldBe(SpreadsheetProblem.Bomb);
    }

    [Fact]
    public void a_tag_or_a_text_that_never_ends_is_refused()
    {
        Refusal(new RawWorkbook($"""<row r="1"><c r="A1" x="{new string('x', 1_100_000)}"><v>1</v></c></row>""").Bytes(), "l.xlsx")
            .ShouldBe(SpreadsheetProblem.Bomb);
        var text = string.Concat(Enumerable.Repeat("x>", 200_000));
        Refusal(new RawWorkbook($"""<row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[{text}]]></t></is></c></row>""").Bytes(), "l.xlsx")
            .ShouldBe(SpreadsheetProblem.Bomb);
    }

    [Fact]
    public void more_cells_in_a_row_than_excel_has_columns_are_refused_though_they_are_empty() =>
        Refusal(new RawWorkbook("<row r=\"1\">" + string.Concat(Enumerable.Repeat("<c/>", 16_385)) + "</row>").Bytes(), "l.xlsx")
            .ShouldBe(SpreadsheetProblem.Bomb);

    [Fact]
    public void one_large_part_that_is_many_sheets_is_refused()
    {
        var rows = string.Concat(Enumerable.Repeat("<row/>", 1_000_000));
        var sheets = string.Concat(Enumerable.Range(1, 50).Select(n => $"""<sheet name="{n}" sheetId="{n}" r:id="r1"/>"""));
        var workbook = $"""
            <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{sheets}</sheets></workbook>
            """;

        Refusal(new RawWorkbook(rows).With("xl/workbook.xml", workbook).Bytes(), "l.xlsx").ShouldBe(SpreadsheetProblem.Bomb);
    }

    [Theory]
    [InlineData("de", "„l.xlsx“ hat mehr als 1.000 Felder. Löschen Sie Spalten und Blätter, die nicht zur Liste gehören, oder teilen Sie")]
    [InlineData("en", "“l.xlsx” has more than 1,000 cells. Delete columns and sheets that do not belong to the list, or split")]
    [InlineData("fr", "«\u00a0l.xlsx\u00a0» compte plus de 1\u202f000 cellules. Supprimez les colonnes et les feuilles étrangères à la liste")]
    public void too_many_cells_are_refused_with_the_limit_and_what_to_do(string language, string start)
    {
        var limits = new SpreadsheetLimits { Cells = 1000 };
        SpreadsheetReader.Read(new RawWorkbook(Cells(20, 50)).Bytes(), "l.xlsx", limits).Sheets[0].Rows.Count.ShouldBe(20);

        var refusal = Should.Throw<SpreadsheetException>(() => SpreadsheetReader.Read(new RawWorkbook(Cells(20, 51)).Bytes(), "l.xlsx", limits));

        refusal.Problem.ShouldBe(SpreadsheetProblem.TooManyCells);
        refusal.Sentence(Texts.In(language)).ShouldStartWith(start);
    }

    [Fact]
    public void the_cells_of_a_csv_file_are_counted_too()
    {
        var line = string.Join(';', Enumerable.Repeat("1", 50)) + "\r\n";
        var file = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(line, 21)));

        Limited(new SpreadsheetLimits { Cells = 1000 }).ShouldBe(SpreadsheetProblem.TooManyCells);
        Limited(new SpreadsheetLimits { Fields = 1000 }).ShouldBe(SpreadsheetProblem.TooManyCells);
        Refusal(Encoding.UTF8.GetBytes(new string(';', 5_000_000)), "eine-zeile.csv").ShouldBe(SpreadsheetProblem.TooManyCells);

        SpreadsheetProblem Limited(SpreadsheetLimits limits) => Should.Throw<SpreadsheetException>(() => SpreadsheetReader.Read(file, "l.csv", limits)).Problem;
    }

    private static string Cells(int rows, int columns) =>
        string.Concat(Enumerable.Range(1, rows).Select(row => $"<row r=\"{row}\">" + string.Concat(Enumerable.Repeat("<c><v>1</v></c>", columns)) + "</row>"));

    [Fact]
    public void a_package_of_very_many_parts_is_refused()
    {
        var workbook = new RawWorkbook(Row);
        for (var part = 0; part < 2_001; part++)
            workbook.With(part.ToString(CultureInfo.InvariantCulture), "");

        Refusal(workbook.Bytes(), "viele.xlsx").ShouldBe(SpreadsheetProblem.Bomb);
    }

    [Theory]
    [
        InlineData("xl/worksheets/sheet1.xml"),
        InlineData("xl/workbook.xml"),
        InlineData("xl/sharedStrings.xml"),
        InlineData("xl/_rels/workbook.xml.rels"),
        InlineData("docProps/core.xml")
    ]
    public void a_document_type_is_refused_in_any_part(string part)
    {
        const string External = """<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>""";

        Refusal(new RawWorkbook(Row).With(part, External).Bytes(), "fremd.xlsx").ShouldBe(SpreadsheetProblem.ForbiddenXml);
    }

    [Fact]
    public void a_document_type_in_utf16_is_refused_too()
    {
        var external = Encoding
            .Unicode.GetPreamble()
            .Concat(Encoding.Unicode.GetBytes("""<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a []><a/>"""))
            .ToArray();

        Refusal(new RawWorkbook(Row).With("xl/workbook.xml", stream => stream.Write(external)).Bytes(), "fremd.xlsx").ShouldBe(SpreadsheetProblem.ForbiddenXml);
    }

    [Fact]
    public void a_row_number_beyond_any_sheet_does_not_keep_the_reader_busy() =>
        SpreadsheetReader
            .Read(new RawWorkbook(Row + """<row r="2000000000"><c r="A2000000000"><v>1</v></c></row>""").Bytes(), "l.xlsx")
            .Sheets[0]
            .Rows.Count.ShouldBe(1);

    [Fact]
    public void a_file_cut_off_anywhere_ends_in_a_refusal_and_in_nothing_else()
    {
        var whole = new RawWorkbook(Row).Bytes();

        for (var length = 1; length < whole.Length; length += 7)
            Should.Throw<SpreadsheetException>(() => SpreadsheetReader.Read(whole.AsMemory(0, length), "halb.xlsx"));
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3)]
    public void mutated_and_random_bytes_are_read_or_refused_but_never_break(int seed)
    {
        var random = new Random(seed);
        var whole = new RawWorkbook(Row + """<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" s="1"><v>45000</v></c></row>""")
            .With("xl/sharedStrings.xml", """<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>Text</t></si></sst>""")
            .Bytes();

        for (var round = 0; round < 300; round++)
        {
            var bytes = whole.ToArray();
            for (var change = random.Next(1, 9); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            ReadsOrRefuses(bytes, "liste.xlsx");
        }

        for (var round = 0; round < 300; round++)
        {
            var bytes = new byte[random.Next(1, 5000)];
            random.NextBytes(bytes);
            if (round % 3 == 0)
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.Length < 4 ? new byte[4] : bytes, 0x04034B50);
            ReadsOrRefuses(bytes, round % 2 == 0 ? "liste.xlsx" : "liste.csv");
        }
    }

    [Theory]
    [InlineData(4), InlineData(5)]
    public void mutated_xml_inside_an_intact_package_never_breaks_the_reader(int seed)
    {
        var random = new Random(seed);
        var sheet =
            """<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>45000</v></c><c r="C1" t="e"><v>#REF!</v></c><c r="D1" t="inlineStr"><is><r><t>a</t></r></is></c></row>""";

        for (var round = 0; round < 300; round++)
        {
            var mutated = new StringBuilder(sheet);
            for (var change = random.Next(1, 5); change > 0; change--)
                mutated[random.Next(mutated.Length)] = "<>/\"='0123456789ABrcstv- "[random.Next(25)];
            ReadsOrRefuses(new RawWorkbook(mutated.ToString()).Bytes(), "liste.xlsx");
        }
    }

    [Fact]
    public void every_problem_has_its_sentence_in_three_languages()
    {
        foreach (var language in new[] { "de", "fr", "en" })
        {
            var texts = Texts.In(language);
            foreach (var problem in Enum.GetNames<SpreadsheetProblem>())
                texts["Spreadsheet." + problem].ResourceNotFound.ShouldBeFalse($"{problem} in {language}");
        }

        Texts.In("fr")["Spreadsheet.Empty"].Value.ShouldStartWith("Le fichier est vide");
    }

    private static void ReadsOrRefuses(byte[] bytes, string name)
    {
        try
        {
            SpreadsheetReader.Read(bytes, name).Sheets.ShouldNotBeNull();
        }
        catch (SpreadsheetException)
        {
            // A refusal is an answer.
        }
    }

    private static SpreadsheetProblem Refusal(byte[] bytes, string name) =>
        Should.Throw<SpreadsheetException>(() => SpreadsheetReader.Read(bytes, name)).Problem;

    private static byte[] CompoundFile(string stream)
    {
        var bytes = new byte[2048];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, 0xD0CF11E0A1B11AE1);
        Encoding.Unicode.GetBytes(stream).CopyTo(bytes, 1024);
        return bytes;
    }
}
