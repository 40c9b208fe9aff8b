using System.Security.Claims;
using Association.Host.People.Data;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Association.Host.People.SignIn;

/// <summary>Sign-in by cookie: what it carries and how long it is believed.</summary>
internal static class SignInCookies
{
    public static void AddSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<IUserClaimsPrincipalFactory<Person>, PersonClaims>();
        services.AddScoped<SessionRenewal>();
        new IdentityBuilder(typeof(Person), services).AddSignInManager();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies(cookies =>
        {
            cookies.ApplicationCookie!.Configure(options =>
            {
                options.LoginPath = "/sign-in";
                options.ReturnUrlParameter = "return";
                options.ExpireTimeSpan = TimeSpan.FromHours(10); // a working day
                options.SlidingExpiration = true;
                Harden(options, "association");
                options.Events.OnRedirectToAccessDenied = context =>
                {
                    context.Response.StatusCode = StatusCodes.Status403Forbidden;
                    return Task.CompletedTask;
                };
            });
            cookies.TwoFactorUserIdCookie!.Configure(options => Harden(options, "association-second"));
            cookies.TwoFactorRememberMeCookie!.Configure(options => Harden(options, "association-known"));
        });
        // Locking a person or taking a role away ends running sessions within a minute, on whichever host it was done.
        var interval = configuration.GetValue("SignIn:CheckSessionsEvery", TimeSpan.FromMinutes(1));
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = interval);
    }

    private static void Harden(CookieAuthenticationOptions options, string name)
    {
        options.Cookie.Name = name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }
}

internal sealed class PersonClaims(UserManager<Person> people, IOptions<IdentityOptions> options) : UserClaimsPrincipalFactory<Person>(people, options)
{
    public const string DisplayName = "association:name";

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Person user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(DisplayName, user.DisplayName));
        identity.AddClaim(new Claim(identity.RoleClaimType, user.Role));
        return identity;
    }
}
