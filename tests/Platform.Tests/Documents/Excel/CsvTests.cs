using System.Text;
using Association.Platform.Documents.Excel;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Documents.Excel;

public sealed class CsvTests
{
    [Theory]
    [
        InlineData("Nr;Name;Ort\n1;Müller, Anna;Köln\n"),
        InlineData("Nr\tName\tOrt\r\n1\tMüller, Anna\tKöln"),
        InlineData("Nr,Name,Ort\n1,\"Müller, Anna\",Köln\n"),
        InlineData("Nr|Name|Ort\n1|Müller, Anna|Köln\n")
    ]
    public void the_delimiter_is_found(string text)
    {
        var rows = Read(Encoding.UTF8.GetBytes(text)).Rows;

        rows.Count.ShouldBe(2);
        rows[1].Cells.Select(c => c.Text).ShouldBe(["1", "Müller, Anna", "Köln"]);
        rows[1][3].ColumnLetter.ShouldBe("C");
    }

    [Fact]
    public void a_declared_delimiter_wins_and_is_not_a_row()
    {
        var rows = Read("sep=,\r\na,b;c;d\r\n"u8.ToArray()).Rows;

        rows.ShouldHaveSingleItem().Number.ShouldBe(1);
        rows[0].Cells.Select(c => c.Text).ShouldBe(["a", "b;c;d"]);
    }

    [Theory]
    [InlineData("utf-8", true), InlineData("utf-8", false), InlineData("utf-16", true), InlineData("utf-16BE", true), InlineData("windows-1252", false)]
    public void the_encoding_is_found(string name, bool mark)
    {
        var encoding = name == "windows-1252" ? CodePagesEncodingProvider.Instance.GetEncoding(1252)! : Encoding.GetEncoding(name);
        byte[] bytes = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes("Straße;Ort\nÄrztehaus – 5 €;Völklingen")];

        Read(bytes).Rows[1].Cells.Select(c => c.Text).ShouldBe(["Ärztehaus – 5 €", "Völklingen"]);
    }

    [Theory]
    [InlineData("utf-16"), InlineData("utf-16BE")]
    public void utf_16_is_known_without_its_mark(string name) =>
        Read(Encoding.GetEncoding(name).GetBytes("Nr;Straße;Ort\n1;Mühlenweg 1;Völklingen"))
            .Rows[1]
            .Cells.Select(c => c.Text)
            .ShouldBe(["1", "Mühlenweg 1", "Völklingen"]);

    [Fact]
    public void a_line_of_windows_1252_among_lines_of_utf_8_is_read_as_what_it_is()
    {
        byte[] bytes =
        [
            .. Encoding.UTF8.GetBytes("Straße;Ort\nMühlenweg;Völklingen\n"),
            .. CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes("Bäckerei Nägele;Saarbrücken – l’été\n"),
            .. Encoding.UTF8.GetBytes("Café Möbius;Köln"),
        ];

        Read(bytes)
            .Rows.SelectMany(r => r.Cells.Select(c => c.Text))
            .ShouldBe(["Straße", "Ort", "Mühlenweg", "Völklingen", "Bäckerei Nägele", "Saarbrücken – l’été", "Café Möbius", "Köln"]);
    }

    [Theory]
    [InlineData("macintosh"), InlineData("ibm850"), InlineData("ibm437")]
    public void text_of_an_old_mac_or_of_dos_is_refused_rather_than_damaged(string name)
    {
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(name)!.GetBytes("Nr;Name;Ort\n1;Müller Apotheke;Saarbrücken\n2;Café Möbius GmbH;Köln");

        var refusal = Should.Throw<SpreadsheetException>(() => SpreadsheetReader.Read(bytes, "alt.csv"));

        refusal.Problem.ShouldBe(SpreadsheetProblem.UnknownEncoding);
        refusal.Sentence(Texts.In("de")).ShouldStartWith("Die Umlaute in „alt.csv“ (Zeile 2) sind in einer Zeichenkodierung geschrieben");
    }

    [Theory]
    [InlineData("Nr;Name\r\n1;Müller\r\n2;\"Zum Löwen;Weg 2\r\n3;Groß", 3)]
    [InlineData("\"Nr;Name\n1;Müller", 1)]
    [InlineData("Nr,Name\n1,\"a\"\"", 2)]
    public void a_quotation_mark_that_nobody_closes_is_refused_with_its_row(string text, int row)
    {
        var refusal = Should.Throw<SpreadsheetException>(() => Read(Encoding.UTF8.GetBytes(text)));

        refusal.Problem.ShouldBe(SpreadsheetProblem.UnclosedQuote);
        refusal.Sentence(Texts.In("en")).ShouldStartWith($"A quotation mark that opens in row {row} of “liste.csv” is never closed.");
    }

    [Theory]
    [InlineData("Nr;Maß\n1;5\" Zoll\n2;Rohr 5,\"4")]
    [InlineData("Nr;Name\n1;\"Zum \"\"Löwen\"\"\"\n2;\"a\nb\"")]
    [InlineData("sep=,\r\na,\"b;c\"")]
    public void marks_inside_of_a_field_open_nothing(string text) => Read(Encoding.UTF8.GetBytes(text)).Rows.Count.ShouldBeGreaterThan(0);

    [Fact]
    public void quotes_hold_delimiters_line_breaks_and_quotes()
    {
        var rows = Read("a;\"b;\nzweite Zeile\";\"\"\"c\"\" d\"\n5\" Zoll;e;f"u8.ToArray()).Rows;

        rows[0].Cells.Select(c => c.Text).ShouldBe(["a", "b;\nzweite Zeile", "\"c\" d"]);
        rows[1].Cells.Select(c => c.Text).ShouldBe(["5\" Zoll", "e", "f"]);
        rows[1].Number.ShouldBe(2);
    }

    [Fact]
    public void blank_rows_are_left_out_but_counted()
    {
        Read("a;b\n\n;\nc;d\n"u8.ToArray()).Rows.Select(r => r.Number).ShouldBe([1, 4]);
    }

    [Fact]
    public void the_sheet_is_named_like_the_file() =>
        SpreadsheetReader.Read("a;b"u8.ToArray(), "Mitglieder 2026.csv").Sheets.ShouldHaveSingleItem().Name.ShouldBe("Mitglieder 2026");

    private static SpreadsheetSheet Read(byte[] bytes) => SpreadsheetReader.Read(bytes, "liste.csv").Sheets.ShouldHaveSingleItem();
}
