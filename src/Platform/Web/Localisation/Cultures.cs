using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;

namespace Association.Platform.Web.Localisation;

/// <summary>The three languages of the pages. German unless the person chose another one, whatever the browser prefers.</summary>
public static class Cultures
{
    /// <summary>German first.</summary>
    // The neutral cultures print no euro sign and no British dates, so each language has its country.
    public static readonly IReadOnlyList<CultureInfo> All =
    [
        CultureInfo.GetCultureInfo("de-DE"),
        CultureInfo.GetCultureInfo("fr-FR"),
        CultureInfo.GetCultureInfo("en-GB"),
    ];

    private const string Cookie = "association-language";

    /// <summary>What is written by a request is in the language that its address names (<c>/fr/…</c>), else in the one that its browser keeps.</summary>
    public static void UseChosenCulture(this IApplicationBuilder app) =>
        app.UseRequestLocalization(options =>
        {
            options.SupportedCultures = options.SupportedUICultures = [.. All];
            options.DefaultRequestCulture = new RequestCulture(All[0]);
            options.RequestCultureProviders =
            [
                new CustomRequestCultureProvider(context =>
                    Task.FromResult(LanguageOf(context.Request.Path) is { } named ? new ProviderCultureResult(named.Name) : null)
                ),
                new CookieRequestCultureProvider { CookieName = Cookie, Options = options },
            ];
        });

    /// <summary>The same page in another language, where its address names one; else the address itself.</summary>
    public static string PathIn(string path, string language)
    {
        ArgumentNullException.ThrowIfNull(path);
        return LanguageOf(path) is null ? path : $"/{language}{path[LanguageStart..]}";
    }

    private const int LanguageStart = 3; // behind „/fr“

    private static CultureInfo? LanguageOf(string? path) =>
        All.FirstOrDefault(c => path is not null && path.StartsWith($"/{c.TwoLetterISOLanguageName}/", StringComparison.Ordinal));

    /// <summary>Whether this browser keeps a language.</summary>
    public static bool IsChosen(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Request.Cookies.ContainsKey(Cookie);
    }

    /// <summary>Remembers the language on this browser for a year; an unknown one is German.</summary>
    public static void Choose(HttpContext context, string language)
    {
        ArgumentNullException.ThrowIfNull(context);
        var culture = All.FirstOrDefault(c => c.TwoLetterISOLanguageName == language) ?? All[0];
        context.Response.Cookies.Append(
            Cookie,
            CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)),
            new CookieOptions
            {
                MaxAge = TimeSpan.FromDays(365),
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
                IsEssential = true,
            }
        );
    }
}
