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
    /// <param name="typed">As typed.</param>
    /// <param name="otherwise">What is said when it is no amount at all.</param>
    /// <exception cref="ProblemsException">It is no amount, or may be either of two.</exception>
    public static Money Read(IServiceProvider services, string typed, string otherwise)
    {
        var read = TypedNumber.Read(typed, ThreeDigits.Doubtful);
        return read.Amount ?? throw new ProblemsException(Doubt(services, typed, read, decimals: 2) ?? otherwise);
    }

    /// <summary>The sentence that names both readings; null when there are not two.</summary>
    public static string? Doubt(IServiceProvider services, string typed, TypedNumber read, int decimals = 0) =>
        read.Doubt(typed, services.GetRequiredService<IStringLocalizer<WebTexts>>(), decimals);
}
