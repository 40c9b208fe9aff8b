using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Platform.Web.CommandLine;

/// <summary>An amount that was typed on the command line, which has no language: „1.234“ and „1,234“ are doubtful there.</summary>
public static class TypedAmount
{
    /// <param name="services">Of the verb's scope.</param>
    /// <param name="option">Which it is for the sentence: <c>--amount</c>.</param>
    /// <param name="typed">As typed.</param>
    /// <exception cref="ProblemsException">It is no amount, or may be either of two; names the option.</exception>
    public static Money Read(IServiceProvider services, string option, string typed)
    {
        var read = TypedNumber.Read(typed, ThreeDigits.Doubtful);
        return read.Amount ?? throw Refused(services, option, typed, read, "Verb.NoAmount", decimals: 2);
    }

    /// <summary>A number that cannot be used, in a sentence with its option: both readings where there are two, else what was expected.</summary>
    /// <param name="services">Of the verb's scope.</param>
    /// <param name="option">Which it is for the sentence: <c>--input</c>.</param>
    /// <param name="typed">As typed.</param>
    /// <param name="read">What it may be.</param>
    /// <param name="key">The text for a number that is none, with option and typed.</param>
    /// <param name="decimals">Of the readings, at least.</param>
    public static ProblemsException Refused(IServiceProvider services, string option, string typed, TypedNumber read, string key, int decimals = 0)
    {
        var texts = services.GetRequiredService<IStringLocalizer<WebTexts>>();
        return new(read.Doubt(typed, texts, decimals) is { } doubt ? texts["Verb.Of", option, doubt] : texts[key, option, typed]);
    }
}
