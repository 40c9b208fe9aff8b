using System.Globalization;
using System.Resources;
using Association.Platform.Data.Kernel;

namespace Association.Platform.Web.Localisation;

/// <summary>Marks the texts beside it (CountryTexts.resx, .fr, .en): what countries are called.</summary>
public sealed class CountryTexts;

/// <summary>What countries are called.</summary>
public static class CountryNames
{
    private static readonly ResourceManager Texts = new(typeof(CountryTexts));

    /// <summary>In the language of the request: „Luxemburg“. What .NET calls a country is in the language of whoever asked first, or in its own.</summary>
    public static string Of(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Texts.GetString("Country." + code, CultureInfo.CurrentUICulture) ?? (Countries.IsCode(code) ? new RegionInfo(code).EnglishName : code);
    }
}
