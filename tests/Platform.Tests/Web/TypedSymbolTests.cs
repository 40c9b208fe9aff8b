using System.CommandLine;
using Association.Platform.Web.CommandLine;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Web;

/// <summary>What is no number is refused by the name of its argument, in the language of the verbs and without the parser's words.</summary>
public sealed class TypedSymbolTests
{
    private readonly Argument<long> _entry = new Argument<long>("ENTRY").InWords();
    private readonly Option<int?> _year = new Option<int?>("--year").InWords();
    private readonly Option<Guid> _id = new Option<Guid>("--id").InWords();

    [Theory]
    [InlineData("abc", "ENTRY: „abc“ ist keine ganze Zahl. So: 2027.")]
    [InlineData("17 --year zweitausend", "--year: „zweitausend“ ist keine ganze Zahl. So: 2027.")]
    [InlineData("17 --id 4711", "--id: „4711“ ist keine Kennung. Kopieren Sie sie aus der Liste.")]
    public void what_is_no_number_is_refused_in_words(string typed, string sentence) => Parse(typed).Errors.Select(e => e.Message).ShouldBe([sentence]);

    [Fact]
    public void numbers_are_read()
    {
        var parsed = Parse("17 --year 2027 --id 0190a6ef-0000-7000-8000-000000000001");
        parsed.Errors.ShouldBeEmpty();
        (parsed.GetValue(_entry), parsed.GetValue(_year), parsed.GetValue(_id)).ShouldBe((17, 2027, Guid.Parse("0190a6ef-0000-7000-8000-000000000001")));
        Parse("17").GetValue(_year).ShouldBeNull();
    }

    private ParseResult Parse(string typed) => new Command("reverse-payment") { _entry, _year, _id }.Parse(typed);
}
