using System.CommandLine;
using System.Globalization;
using Association.Platform.Web.CommandLine;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Web;

/// <summary>What the parser finds wrong is said in the words of the office, whatever the language of the shell.</summary>
public sealed class ParserWordsTests
{
    private readonly RootCommand _root = Opens(
        new("office")
        {
            new Command("record-payment")
            {
                new Argument<string>("NUMBER"),
                new Option<string>("--amount") { Required = true },
                new Option<DateOnly?>("--date").InWords(),
                new Option<DayOfWeek?>("--day"),
                new Option<int[]>("--own"),
            },
            new Command("mail") { new Command("list") },
        }
    );

    [Theory]
    [InlineData("de", "record-payment BR-1", "Es fehlt --amount.")]
    [InlineData("de", "record-payment --amount 1", "Zu „record-payment“ fehlt NUMBER.")]
    [InlineData("de", "record-payment BR-1 --amount", "Zu --amount fehlt der Wert.")]
    [InlineData("de", "record-payment BR-1 --amount 1 --amount 2", "Zu --amount gehört genau ein Wert; angegeben sind 2.")]
    [InlineData("de", "record-payment BR-1 --amount 1 --own x", "--own: „x“ passt hier nicht.")]
    [InlineData(
        "de",
        "record-payment BR-1 --amount 1 --day x",
        "--day: „x“ passt hier nicht. Möglich sind: Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday."
    )]
    [InlineData("de", "record-payment BR-1 --amount 1 --date 11.2.2027", "--date: „11.2.2027“ ist kein Tag. So: 2027-02-11.")]
    [InlineData("de", "record-payment BR-1 --amount 1 --sum 2", "„--sum“ gibt es hier nicht.|„2“ gibt es hier nicht.")]
    [InlineData("de", "mail", "Hier fehlt noch ein Befehl.")]
    [InlineData("de", "pay --amount 1", "„pay“ gibt es hier nicht.")]
    [InlineData("fr", "record-payment BR-1", "Il manque --amount.")]
    [InlineData("en", "record-payment BR-1", "--amount is missing.")]
    public void faults_are_said_in_words(string language, string typed, string sentences)
    {
        foreach (var shell in (string[])["", "de-DE", "fr-FR"])
        {
            var said = In(shell, () => ParserWords.Faults(_root.Parse(typed), "", CultureInfo.GetCultureInfo(language)).ToList());
            string.Join("|", said).ShouldBe(sentences, $"in a shell that speaks „{shell}“");
        }
    }

    [Fact]
    public void words_that_are_alike_are_offered() =>
        In(
                "",
                () =>
                    ParserWords
                        .Faults(
                            _root.Parse("record-payment BR-1 --amount 1 --dat x"),
                            "'--dat' was not matched. Did you mean one of the following?\n--date\n--day\n'x' was not matched. Did you mean one of the following?\nmail\n\n",
                            CultureInfo.GetCultureInfo("de")
                        )
                        .ToList()
            )
            .ShouldBe(["„--dat“ gibt es hier nicht.", "„x“ gibt es hier nicht.", "Statt „--dat“ vielleicht: --date, --day.", "Statt „x“ vielleicht: mail."]);

    [Fact]
    public void the_hint_names_the_verb_that_was_meant()
    {
        var german = CultureInfo.GetCultureInfo("de");
        ParserWords.Hint(_root.Parse("mail list --state").CommandResult, german).ShouldBe("„./run.sh mail list --help“ zeigt, was möglich ist.");
        ParserWords.Hint(_root.Parse("nonsense").CommandResult, german).ShouldBe("„./run.sh --help“ zeigt, was möglich ist.");
    }

    [Fact]
    public void the_headings_of_a_help_page_are_in_the_language()
    {
        const string Page =
            "Description:\n  Says it.\n\nUsage:\n  office pay [options]\n\nOptions:\n  --sum <sum> (REQUIRED)  The default is none. [default: 0]\n";
        In("", () => ParserWords.Help(Page, CultureInfo.GetCultureInfo("de")))
            .ShouldBe(
                "Beschreibung:\n  Says it.\n\nAufruf:\n  office pay [Optionen]\n\nOptionen:\n  --sum <sum> (nötig)     The default is none. [sonst: 0]\n"
            );
    }

    // Like the program: without a verb the office opens.
    private static RootCommand Opens(RootCommand root)
    {
        root.SetAction(_ => 0);
        return root;
    }

    private static T In<T>(string culture, Func<T> act)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            return act();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
