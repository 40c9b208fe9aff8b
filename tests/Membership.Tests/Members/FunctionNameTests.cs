using System.Globalization;
using Association.Membership.Members.Contacts;
using Association.Membership.Members.Model;
using Association.Platform.Data.Kernel;
using Association.Platform.Web.Localisation;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.Members;

/// <summary>What people and places are called.</summary>
public sealed class FunctionNameTests
{
    [Theory]
    [InlineData("", "Vorstand")]
    [InlineData("Pflegedirektorin", "Pflegedirektorin (Vorstand)")]
    [InlineData("Vorstand", "Vorstand")]
    [InlineData("Vorstandssprecher", "Vorstandssprecher")]
    public void a_word_is_not_repeated_in_brackets(string title, string name) => FunctionNames.Of(title, FunctionKind.Board, "Vorstand").ShouldBe(name);

    [Theory]
    [InlineData("de-DE", "Schweiz", "Luxemburg")]
    [InlineData("fr-FR", "Suisse", "Luxembourg")]
    [InlineData("en-GB", "Switzerland", "Luxembourg")]
    public void countries_are_named_in_the_readers_language_whoever_asked_first(string culture, string switzerland, string luxembourg)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            (CountryNames.Of("CH"), CountryNames.Of("LU")).ShouldBe((switzerland, luxembourg));
            Countries.Offered.Select(CountryNames.Of).ShouldAllBe(name => name.Length > 2);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
