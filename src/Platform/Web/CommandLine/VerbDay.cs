using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Platform.Web.CommandLine;

/// <summary>A day that was typed on the command line.</summary>
public static class VerbDay
{
    /// <param name="services">Of the verb's scope.</param>
    /// <param name="option">Which it is for the sentence: <c>--date</c>.</param>
    /// <param name="typed">As typed.</param>
    /// <exception cref="ProblemsException">It is no day, or one far from now; names the option.</exception>
    public static DateOnly Read(IServiceProvider services, string option, string typed)
    {
        var texts = services.GetRequiredService<IStringLocalizer<WebTexts>>();
        if (!TypedInput.TryDate(typed, out _))
            throw new ProblemsException(texts["Verb.NoDay", option, typed]);
        var read = TypedDay.Read(typed, DayRange.Usual(services.GetRequiredService<TimeProvider>().Today()), texts);
        return read.Day ?? throw new ProblemsException(texts["Verb.Of", option, read.Problem!]);
    }
}
