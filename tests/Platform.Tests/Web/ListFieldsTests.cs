using Association.Platform.Web.Lists;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Web;

/// <summary>The filters of a list, as its address has them.</summary>
public sealed class ListFieldsTests
{
    private enum Paper
    {
        Plain,
        Lined,
    }

    private sealed record Sheets(
        string? Text = null,
        Paper? Paper = null,
        int? Year = null,
        decimal? Price = null,
        DateOnly? Day = null,
        bool Open = false,
        Guid? Run = null,
        IReadOnlyList<string>? Numbers = null
    );

    private static readonly ListFields<Sheets> Fields = new ListFields<Sheets>(new Sheets())
        .Text("q", f => f.Text, (f, v) => f with { Text = v }, v => $"Suche: {v}")
        .Choice("paper", f => f.Paper, (f, v) => f with { Paper = v }, v => null)
        .Whole("year", f => f.Year, (f, v) => f with { Year = v }, v => $"Jahr {v}", least: 1900)
        .Amount("price", f => f.Price, (f, v) => f with { Price = v }, v => $"ab {v}", least: 0)
        .Day("since", f => f.Day, (f, v) => f with { Day = v }, v => $"seit {v}")
        .Flag("open", f => f.Open, f => f with { Open = true }, "offen")
        .Id("run", f => f.Run, (f, v) => f with { Run = v }, "Lauf")
        .Ticked("n", (f, v) => f with { Numbers = v });

    [Theory]
    [InlineData("", "")]
    [InlineData("evil=1&paper=7&year=12&price=-1&since=31.02.2026&run=x&open=&q=%20", "")]
    [InlineData("since=2026-03-01&q=%20Krug%0d%0aX%20&open=yes&paper=lined", "q=KrugX&paper=Lined&since=2026-03-01&open=1")]
    [InlineData("price=1.000,50&year=2026&run=0190a0c0-0000-7000-8000-000000000001", "year=2026&price=1000.50&run=0190a0c0-0000-7000-8000-000000000001")]
    [InlineData("n=7&n=8&q=x", "q=x")]
    public void what_is_understood_is_written_in_one_way_and_order(string typed, string written) =>
        string.Join('&', Fields.Write(Fields.Read(ListQuery.Parse(typed))).Select(f => $"{f.Key}={f.Value}")).ShouldBe(written);

    [Fact]
    public void what_narrows_the_list_is_said_in_words()
    {
        var filter = new Sheets("Krug", Paper.Plain, 2026, 12, new DateOnly(2026, 3, 1), Open: true);
        Fields.Chips(filter).Select(c => c.Key).ShouldBe(["q", "year", "price", "since", "open"]);
        Fields.Chips(filter).First().Text.ShouldBe("Suche: Krug");
        Fields.Chips(Fields.None).ShouldBeEmpty();
    }

    [Fact]
    public void ticked_rows_come_once_each_and_not_without_bound()
    {
        Fields.Read(ListQuery.Parse("n=7&n=8&n=7&n=%0a&n=" + new string('9', 41))).Numbers.ShouldBe(["7", "8"]);
        Fields.Read(ListQuery.Parse(string.Join('&', Enumerable.Range(1, 1100).Select(n => $"n={n}")))).Numbers!.Count.ShouldBe(1000);
        Fields.TickedKey.ShouldBe("n");
    }
}
