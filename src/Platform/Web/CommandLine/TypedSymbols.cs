using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Resources;

namespace Association.Platform.Web.CommandLine;

/// <summary>Numbers, days and ids among the words of a verb: what is none is refused in the words of the office, not in the parser's.</summary>
public static class TypedSymbols
{
    private static readonly ResourceManager Texts = new(typeof(WebTexts));
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE"); // as all that verbs say

    /// <summary>An argument that is refused with „ENTRY: „abc“ ist keine ganze Zahl.“</summary>
    public static Argument<T> InWords<T>(this Argument<T> argument)
        where T : struct, IParsable<T>
    {
        argument.CustomParser = result => Read<T>(result, argument.Name) ?? default;
        return argument;
    }

    /// <summary>An option that is refused with „--year: „abc“ ist keine ganze Zahl.“</summary>
    public static Option<T> InWords<T>(this Option<T> option)
        where T : struct, IParsable<T>
    {
        option.CustomParser = result => Read<T>(result, option.Name) ?? default;
        return option;
    }

    /// <summary>Like the option that has to be there.</summary>
    public static Option<T?> InWords<T>(this Option<T?> option)
        where T : struct, IParsable<T>
    {
        option.CustomParser = result => Read<T>(result, option.Name);
        return option;
    }

    /// <summary>Refuses what was typed together with a text of a module.</summary>
    /// <typeparam name="TTexts">The marker of the texts.</typeparam>
    public static void AddProblem<TTexts>(this SymbolResult result, string key) => result.AddError(new ResourceManager(typeof(TTexts)).GetString(key, German)!);

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static T? Read<T>(ArgumentResult result, string name)
        where T : struct, IParsable<T>
    {
        var typed = result.Tokens[0].Value;
        if (T.TryParse(typed, CultureInfo.InvariantCulture, out var value) && (value is not DateOnly day || Written(day) == typed))
            return value;
        var refused =
            typeof(T) == typeof(Guid) ? "Verb.NoId"
            : typeof(T) == typeof(DateOnly) ? "Verb.NoDay"
            : "Verb.NoWhole";
        result.AddError(string.Format(German, Texts.GetString(refused, German)!, name, typed));
        return null;
    }
}
