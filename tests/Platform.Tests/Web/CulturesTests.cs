using Association.Platform.Web.Localisation;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Web;

public class CulturesTests
{
    [Theory]
    [InlineData("/fr/veranstaltungen?kind=Congress", "de", "/de/veranstaltungen?kind=Congress")]
    [InlineData("/veranstaltungen", "fr", "/veranstaltungen")]
    [InlineData("/frankreich/x", "de", "/frankreich/x")]
    [InlineData("/", "en", "/")]
    public void an_address_that_names_a_language_has_one_in_each(string path, string language, string other) => Cultures.PathIn(path, language).ShouldBe(other);
}
