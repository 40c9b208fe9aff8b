using Association.Office.Contracts;
using Association.Office.People.Data;
using Association.Office.People.Passkeys;
using Association.Office.People.Sessions;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace Association.Office.People.SignIn;

/// <summary>Sign-in by cookie. It says only which session this is; whose that is and what they may is read for each request.</summary>
internal static class SignInCookies
{
    public static void AddSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<SessionCookie>();
        services.AddScoped<PasskeyCeremony>();
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            options.ServerDomain = configuration["SignIn:Domain"]; // without it the address under which the office is opened
            options.UserVerificationRequirement = options.ResidentKeyRequirement = "required"; // it replaces login, password and code
        });
        new IdentityBuilder(typeof(Person), services).AddSignInManager();
        services
            .AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddIdentityCookies(cookies =>
            {
                cookies.ApplicationCookie!.Configure(options =>
                {
                    options.LoginPath = OfficePages.SignIn;
                    options.ReturnUrlParameter = "return";
                    options.ExpireTimeSpan = SessionStore.Silence;
                    options.SlidingExpiration = true;
                    options.EventsType = typeof(SessionCookie);
                    Harden(options, "association");
                });
                cookies.TwoFactorUserIdCookie!.Configure(options => Harden(options, "association-second"));
                cookies.TwoFactorRememberMeCookie!.Configure(options => Harden(options, "association-known"));
            });
    }

    private static void Harden(CookieAuthenticationOptions options, string name)
    {
        options.Cookie.Name = name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }
}
