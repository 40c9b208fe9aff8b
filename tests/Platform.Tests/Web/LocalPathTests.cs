using Association.Platform.Web.Security;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Web;

public sealed class LocalPathTests
{
    [Theory]
    [InlineData("/office/members?q=a&sort=-name", "/office/members?q=a&sort=-name")]
    [InlineData("/büro?q=Maß", "/b%C3%BCro?q=Ma%C3%9F")]
    [InlineData("/b%C3%BCro", "/b%C3%BCro")]
    [InlineData("/\ud83d\ude00", "/%F0%9F%98%80")]
    public void a_way_back_is_written_as_a_header_takes_it(string typed, string written) => LocalPath.Or(typed, "/").ShouldBe(written);

    [Fact] // not a row above: what runs the tests cannot hand on half a character
    public void half_a_character_is_written_as_unknown() => LocalPath.Or("/half \ud83d", "/").ShouldBe("/half %EF%BF%BD");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("office")]
    [InlineData("//elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("https://elsewhere.example")]
    [InlineData("/a\r\nb")]
    [InlineData("/a\0b")]
    public void what_leads_elsewhere_is_not_followed(string? typed) => LocalPath.Or(typed, "/office").ShouldBe("/office");
}
