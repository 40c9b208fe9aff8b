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
