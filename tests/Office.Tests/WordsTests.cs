using System.Globalization;
using Association.Office.Operation.Jobs;
using Association.Office.Operation.Jobs.Pages;
using Association.Office.Operation.Outgoing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Shouldly;
using Xunit;

namespace Association.Office.Tests;

/// <summary>Schedules and durations as people read them.</summary>
public sealed class WordsTests : IDisposable
{
    // Tests that come after this class on the same thread go on in German.
    private readonly (CultureInfo Format, CultureInfo Words) _before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();

    public void Dispose()
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _before;
        _services.Dispose();
    }

    [Theory]
    [InlineData("access")]
    [InlineData("document")]
    [InlineData("documents")]
    [InlineData("documents-trial")]
    [InlineData("invitation")]
    [InlineData("letters")]
    [InlineData("member-letter")]
    [InlineData("statements")]
    public void every_kind_of_mail_that_leaves_has_its_word(string kind)
    {
        var texts = _services.GetRequiredService<IStringLocalizer<OutgoingTexts>>();
        foreach (var culture in new[] { "de-DE", "fr-FR", "en-GB" })
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            texts["Kind." + kind].ResourceNotFound.ShouldBeFalse(culture);
        }
    }

    [Theory]
    [InlineData("0 15 3 * * ?", "täglich um 03:15 Uhr", "chaque jour à 03:15", "daily at 03:15")]
    [InlineData("0 5 0 ? * *", "täglich um 00:05 Uhr", "chaque jour à 00:05", "daily at 00:05")]
    [InlineData("0 0 6 ? * MON-FRI", "Montag bis Freitag um 06:00 Uhr", "du lundi au vendredi à 06:00", "Monday to Friday at 06:00")]
    [InlineData("0 0 6 ? * MON,THU", "jeden Montag und Donnerstag um 06:00 Uhr", "chaque lundi et jeudi à 06:00", "every Monday and Thursday at 06:00")]
    [InlineData("0 0 6 ? * 0", "jeden Sonntag um 06:00 Uhr", "chaque dimanche à 06:00", "every Sunday at 06:00")]
    [InlineData("0 30 5 1 * ?", "am 1. jedes Monats um 05:30 Uhr", "le 1 de chaque mois à 05:30", "on day 1 of every month at 05:30")]
    [InlineData(
        "0 30 5 1,10,20 * ?",
        "am 1., 10. und 20. jedes Monats um 05:30 Uhr",
        "le 1, 10 et 20 de chaque mois à 05:30",
        "on day 1, 10 and 20 of every month at 05:30"
    )]
    [InlineData(
        "0 0 22 L * ?",
        "am letzten Tag jedes Monats um 22:00 Uhr",
        "le dernier jour de chaque mois à 22:00",
        "on the last day of every month at 22:00"
    )]
    [InlineData("0 0 7 15 10 ?", "jedes Jahr am 15. Oktober um 07:00 Uhr", "chaque année le 15 octobre à 07:00", "every year on 15 October at 07:00")]
    [InlineData("0 0/15 * * * ?", "alle 15 Minuten", "toutes les 15 minutes", "every 15 minutes")]
    [InlineData("0 0 * * * ?", "zu jeder vollen Stunde", "à chaque heure pile", "every hour on the hour")]
    [InlineData(
        "0 20 * * * ?",
        "stündlich, 20 Minuten nach der vollen Stunde",
        "chaque heure, 20 minutes après l’heure pile",
        "hourly, 20 minutes past the hour"
    )]
    [InlineData("0 0 */6 * * ?", "alle 6 Stunden", "toutes les 6 heures", "every 6 hours")]
    public void a_schedule_is_said_in_words(string cron, string german, string french, string english)
    {
        Say(cron, "de-DE").ShouldBe(german);
        Say(cron, "fr-FR").ShouldBe(french);
        Say(cron, "en-GB").ShouldBe(english);
    }

    [Theory]
    [InlineData("0/10 * * * * ?")] // seconds
    [InlineData("0 0/7 * * * ?")] // not even over the hour
    [InlineData("0 0 6 ? * FRI#2")]
    [InlineData("0 0 6 LW * ?")]
    [InlineData("0 0 6 1 1-6 ?")]
    [InlineData("0 0 6 1 * ? 2030")]
    [InlineData("0 0 6 1 * MON")]
    [InlineData("0 0 6-9 * * ?")]
    [InlineData("0 0 6 ? 3 MON")]
    public void what_cannot_be_said_exactly_is_quoted(string cron) => Say(cron, "de-DE").ShouldBe($"nach dem Ausdruck {cron}");

    [Theory]
    [InlineData(0.0, "< 0,1 s")]
    [InlineData(0.34, "0,3 s")]
    [InlineData(42.0, "42 s")]
    [InlineData(200.0, "3 min 20 s")]
    [InlineData(3_900.0, "1 h 5 min")]
    [InlineData(100_000.0, "27 h 46 min")]
    public void a_duration_is_as_exact_as_it_is_useful(double seconds, string said)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        JobWords.Duration(TimeSpan.FromSeconds(seconds)).Replace('\u00a0', ' ').ShouldBe(said);
    }

    private string Say(string cron, string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        return CronWords.Describe(cron, _services.GetRequiredService<IStringLocalizer<JobsTexts>>());
    }
}
