using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace Association.Host.Web.Translation;

/// <summary>The three languages of the pages. German unless the person chose another one, whatever the browser prefers.</summary>
internal static class Cultures
{
    // The neutral cultures print no euro sign and no British dates, so each language has its country.
    public static readonly IReadOnlyList<CultureInfo> All = [CultureInfo.GetCultureInfo("de-DE"), CultureInfo.GetCultureInfo("fr-FR"), CultureInfo.GetCultureInfo("en-GB")];

    private const string Cookie = "association-language";

    public static void UseChosenCulture(this IApplicationBuilder app) => app.UseRequestLocalization(options =>
    {
        options.SupportedCultures = options.SupportedUICultures = [.. All];
        options.DefaultRequestCulture = new RequestCulture(All[0]);
        options.RequestCultureProviders = [new CookieRequestCultureProvider { CookieName = Cookie, Options = options }];
    });

    /// <summary>Remembers the language on this browser for a year; an unknown one is German.</summary>
    public static void Choose(HttpContext context, string language)
    {
        var culture = All.FirstOrDefault(c => c.TwoLetterISOLanguageName == language) ?? All[0];
        context.Response.Cookies.Append(Cookie, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)),
            new CookieOptions { MaxAge = TimeSpan.FromDays(365), HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true });
    }
}
