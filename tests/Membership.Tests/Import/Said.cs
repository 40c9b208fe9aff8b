using System.Globalization;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Tests.Import;

/// <summary>Stored sentences as readers of two languages see them.</summary>
internal static class Said
{
    private static readonly IStringLocalizerFactory Texts = new ServiceCollection()
        .AddLogging()
        .AddLocalization()
        .BuildServiceProvider()
        .GetRequiredService<IStringLocalizerFactory>();

    public static string InGerman(string stored) => In("de-DE", stored);

    public static string InFrench(string stored) => In("fr-FR", stored);

    private static string In(string culture, string stored)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            return Texts.Say(stored);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }
}
