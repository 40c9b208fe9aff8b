using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;

namespace Association.Platform.Web.CommandLine;

/// <summary>
/// Says what the parser has to say of a command line in the words of the office. The parser's own translations are half English, and it tells only in words
/// which fault it found: so its sentences are read back by its own resources.
/// </summary>
public static class ParserWords
{
    private static readonly ResourceManager Texts = new(typeof(WebTexts));
    private static readonly ResourceManager Parser = new("System.CommandLine.Properties.Resources", typeof(Command).Assembly);

    // The names of the parser's resources; the office has a text "Parser.NAME" for each. The longer form of a sentence goes before the shorter one.
    private static readonly string[] Sentences =
    [
        "ArgumentConversionCannotParseForOption_Completions",
        "ArgumentConversionCannotParseForCommand_Completions",
        "ArgumentConversionCannotParseForOption",
        "ArgumentConversionCannotParseForCommand",
        "ArgumentConversionCannotParse",
        "CommandRequiredArgumentMissing",
        "OptionExpectsOneArgument",
        "OptionRequiredArgumentMissing",
        "RequiredCommandWasNotProvided",
        "RequiredOptionWasNotProvided",
        "SuggestionsTokenNotMatched",
        "UnrecognizedArgument",
        "UnrecognizedCommandOrArgument",
    ];

    private static readonly string[] Headings =
    [
        "HelpDescriptionTitle",
        "HelpUsageTitle",
        "HelpArgumentsTitle",
        "HelpOptionsTitle",
        "HelpCommandsTitle",
        "HelpUsageCommand",
        "HelpUsageOptions",
        "HelpOptionsRequiredLabel",
        "HelpArgumentDefaultValueLabel",
        "HelpOptionDescription",
        "VersionOptionDescription",
    ];

    /// <summary>What the parser found wrong in a command line, a sentence each.</summary>
    /// <param name="typed">What it read.</param>
    /// <param name="suggestions">What it printed of words that are like the unknown ones.</param>
    /// <param name="language">What to say it in.</param>
    public static IEnumerable<string> Faults(ParseResult typed, string suggestions, CultureInfo language)
    {
        var faults = typed.Errors.Select(e => Fault(e.Message, typed, language)).Distinct();
        var meant = Suggestions(suggestions, typed, language);
        // Behind a verb that nobody knows everything is unknown.
        return typed.CommandResult.Command is RootCommand ? faults.Take(1).Concat(meant.Take(1)) : faults.Concat(meant);
    }

    // Each begins with its sentence; the words that are alike follow, a line each.
    private static IEnumerable<string> Suggestions(string printed, ParseResult typed, CultureInfo language)
    {
        var said = new List<string>();
        foreach (var line in printed.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (Regex.IsMatch(line, Pattern("SuggestionsTokenNotMatched"), RegexOptions.NonBacktracking) || said.Count == 0)
                said.Add(line);
            else
                said[^1] += "\n" + line;
        return said.Select(s => Fault(s, typed, language));
    }

    private static string Fault(string message, ParseResult typed, CultureInfo language)
    {
        foreach (var name in Sentences)
        {
            var match = Regex.Match(message, Pattern(name), RegexOptions.NonBacktracking | RegexOptions.Singleline);
            if (!match.Success)
                continue;
            var values = Enumerable.Range(0, 4).Select(n => OnOneLine(match.Groups[$"v{n}"].Value)).ToArray();
            if (name == "CommandRequiredArgumentMissing")
                values[1] = string.Join(", ", Missing(typed.CommandResult));
            return string.Format(language, Texts.GetString("Parser." + name, language)!, values);
        }
        return message; // one of the office's own
    }

    private static IEnumerable<string> Missing(CommandResult typed) =>
        typed.Command.Arguments.Where(a => a.Arity.MinimumNumberOfValues > 0 && typed.GetResult(a) is not { Tokens.Count: > 0 }).Select(a => a.Name);

    private static string OnOneLine(string lines) =>
        string.Join(", ", lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A help page with the headings in a language.</summary>
    public static string Help(string page, CultureInfo language)
    {
        foreach (var name in Headings)
        {
            var (old, said) = (InHelp(name, Parser, CultureInfo.CurrentUICulture), InHelp(name, Texts, language));
            page = page.Replace(old, name == "HelpOptionsRequiredLabel" ? said.PadRight(old.Length) : said, StringComparison.Ordinal); // stands in a column
        }
        return page;
    }

    // "default" is a word of descriptions, too.
    private static string InHelp(string name, ResourceManager words, CultureInfo language)
    {
        var word = words.GetString(words == Texts ? "Parser." + name : name, language)!;
        return name == "HelpArgumentDefaultValueLabel" ? $"[{word}:" : word;
    }

    /// <summary>Where to read on: the help of the verb that was meant.</summary>
    public static string Hint(CommandResult typed, CultureInfo language)
    {
        var verbs = new Stack<string>();
        for (SymbolResult? at = typed; at is CommandResult { Command: not RootCommand } verb; at = at.Parent)
            verbs.Push(verb.Command.Name + " ");
        return string.Format(language, Texts.GetString("Parser.Hint", language)!, string.Concat(verbs));
    }

    // "Option '{0}' is required." as a pattern with the groups v0, v1 …
    private static string Pattern(string name) =>
        "^"
        + Regex.Replace(Regex.Escape(Parser.GetString(name, CultureInfo.CurrentUICulture)!), @"\\\{(\d)}", "(?<v$1>.*)", RegexOptions.NonBacktracking)
        + (name == "SuggestionsTokenNotMatched" ? "(?<v1>.*)$" : "$"); // what it suggests comes on the lines after
}
