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
    /// <param name="typed">As typed.</param>
    /// <param name="otherwise">What is said when it is no day at all.</param>
    /// <exception cref="ProblemsException">It is no day, or one far from now.</exception>
    public static DateOnly Read(IServiceProvider services, string typed, string otherwise)
    {
        if (!TypedInput.TryDate(typed, out _))
            throw new ProblemsException(otherwise);
        var range = DayRange.Usual(services.GetRequiredService<TimeProvider>().Today());
        var read = TypedDay.Read(typed, range, services.GetRequiredService<IStringLocalizer<WebTexts>>());
        return read.Day ?? throw new ProblemsException(read.Problem!);
    }
}
