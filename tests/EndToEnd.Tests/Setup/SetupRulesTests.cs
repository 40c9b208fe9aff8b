using System.Globalization;
using Association.Host.Startup;
using Association.Office.Setup;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Setup;

/// <summary>What a new association may be called and who may lead it; no folder and no database is needed to know.</summary>
public sealed class SetupRulesTests
{
    private static readonly Dictionary<string, string> Right = new(StringComparer.Ordinal)
    {
        ["Name"] = "Ärztenetz Saarpfalz e. V.",
        ["Street"] = "Hauptstraße 5",
        ["PostalCode"] = "66386",
        ["Town"] = "St. Ingbert",
        ["BankName"] = "Kreditbank",
        ["Iban"] = "DE02120300000000202051",
        ["CreditorId"] = "DE98ZZZ09999999999",
        ["AdminName"] = "Karin Weber",
        ["AdminLogin"] = "k.weber",
        ["Password"] = OwnInstallation.Password,
    };

    private static readonly Lazy<SetupRules> Rules = new(() =>
        HostComposition.CreateBuilder().Build().Services.CreateScope().ServiceProvider.GetRequiredService<SetupRules>()
    );

    public SetupRulesTests() => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de-DE");

    public static TheoryData<string> Required => ["Name", "Street", "PostalCode", "Town", "BankName", "Iban", "AdminName", "AdminLogin", "Password"];

    [Fact]
    public void what_is_right_has_no_problem() => Problems().ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Required))]
    public void what_has_to_be_there_is_missed_at_its_field(string field)
    {
        Problems((field, "")).ShouldHaveSingleItem().Field.ShouldBe(field);
        Problems((field, " \t ")).ShouldHaveSingleItem().Field.ShouldBe(field);
    }

    [Fact]
    public void every_field_refuses_control_characters_and_ten_thousand_characters()
    {
        foreach (var field in SetupField.All.Select(f => f.Name).Append(SetupField.Password).Where(f => f != SetupField.Logo))
        {
            foreach (var unseen in (string[])["\0", "\u0007", "\n", "\u001b[2J", "\u202e", "\u200b", "\u2028"])
                Problems((field, "Haus" + unseen + "12345678 und mehr"))
                    .ShouldContain(p => p.Field == field && p.Text.Length > 0, $"{field} with {(int)unseen[0]:x4}");
            Problems((field, new string('7', 10_000))).ShouldContain(p => p.Field == field, field);
        }
    }

    [Theory]
    [InlineData("Iban", "DE02120300000000202052", "Prüfziffer")]
    [InlineData("Iban", "DE0212030000000020205", "Stellen")]
    [InlineData("Iban", "US02120300000000202051", "SEPA")]
    [InlineData("CreditorId", "DE99ZZZ09999999999", "Gläubiger-ID")]
    [InlineData("CreditorId", "Gläubiger", "Gläubiger-ID")]
    [InlineData("Bic", "BIC", "BIC")]
    [InlineData("PostalCode", "D-66386", "fünf Ziffern")]
    [InlineData("Email", "nirgends", "E-Mail")]
    [InlineData("AdminEmail", "nirgends", "E-Mail")]
    [InlineData("AdminLogin", "käte weber", "Anmeldename")]
    [InlineData("ShortName", "Ein Kurzname, der gar nicht kurz ist", "höchstens 24")]
    [InlineData("Password", "elf Zeichen", "weniger als 12")]
    [InlineData("Password", Visit.Password, "jeder kennt es")]
    public void what_is_wrong_is_said_at_its_field(string field, string value, string reason)
    {
        var problem = Problems((field, value)).ShouldHaveSingleItem();
        problem.Field.ShouldBe(field);
        problem.Text.ShouldContain(reason);
    }

    [Theory]
    [InlineData("Ärztenetz Saarpfalz e. V.", "Ärztenetz Saarpfalz")]
    [InlineData("Gesundheitsregion Hunsrück-Hochwald und Umgebung e.V.", "Gesundheitsregion")]
    [InlineData("Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffahrtsge")]
    public void without_a_short_name_it_is_the_beginning_of_the_name(string name, string shortName) =>
        NewInstallation.Of(new Dictionary<string, string>(Right, StringComparer.Ordinal) { ["Name"] = name }, null).Association.ShortName.ShouldBe(shortName);

    private static IReadOnlyList<Platform.Messaging.Problem> Problems(params (string Field, string Value)[] changes)
    {
        var typed = new Dictionary<string, string>(Right, StringComparer.Ordinal);
        foreach (var (field, value) in changes)
            typed[field] = value;
        return Rules.Value.Problems(NewInstallation.Of(typed, null), typed);
    }
}
