using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Association.Platform.Web.Components;

/// <summary>What was done, said on the next page: kept in a protected cookie over the redirect and shown once.</summary>
public sealed class Toasts(IHttpContextAccessor http, IDataProtectionProvider protection)
{
    private const string Cookie = "association-toast";
    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("Association.Toast").ToTimeLimitedDataProtector();

    /// <summary>Says it on the next page that this browser loads within two minutes.</summary>
    /// <param name="text">What was done, with its number: „37 Mitglieder geändert, 12 angelegt.“</param>
    /// <param name="linkText">What can be done about it: „Zurücknehmen“.</param>
    /// <param name="href">Where.</param>
    public void Say(string text, string? linkText = null, string? href = null) =>
        http.HttpContext!.Response.Cookies.Append(
            Cookie,
            protector.Protect(JsonSerializer.Serialize(new ToastMessage(text, linkText, href)), TimeSpan.FromMinutes(2)),
            Options()
        );

    internal ToastMessage? Take()
    {
        if (http.HttpContext is not { } context || context.Request.Cookies[Cookie] is not { } secret || context.Response.HasStarted)
            return null;
        context.Response.Cookies.Delete(Cookie, Options());
        try
        {
            return JsonSerializer.Deserialize<ToastMessage>(protector.Unprotect(secret));
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null; // too old, or from another installation
        }
    }

    private CookieOptions Options() =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = http.HttpContext!.Request.IsHttps,
            IsEssential = true,
            MaxAge = TimeSpan.FromMinutes(2),
        };
}

internal sealed record ToastMessage(string Text, string? LinkText, string? Href);
