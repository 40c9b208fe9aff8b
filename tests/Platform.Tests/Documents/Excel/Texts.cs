using System.Globalization;
using Association.Platform.Documents;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Association.Platform.Tests.Documents.Excel;

/// <summary>The product's texts in a named language, whatever the machine's is.</summary>
internal static class Texts
{
    public static IStringLocalizer<DocumentsTexts> In(string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(language);
        var factory = new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance);
        return new StringLocalizer<DocumentsTexts>(factory);
    }
}
