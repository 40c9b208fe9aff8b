using System.Globalization;
using Association.Platform.Web.Localisation;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Web;

public sealed class SizeTests
{
    [Theory]
    [InlineData(0, "1 KB"), InlineData(1, "1 KB"), InlineData(1536, "2 KB"), InlineData(25_600, "25 KB"), InlineData(1_048_575, "1.024 KB")]
    [InlineData(1_048_576, "1,0 MB"), InlineData(1_500_000, "1,4 MB"), InlineData(20_971_520, "20,0 MB")]
    public void a_files_size_is_said_in_one_way(long bytes, string said)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        Formats.Size(bytes).ShouldBe(said.Replace(' ', '\u00a0'));
    }
}
