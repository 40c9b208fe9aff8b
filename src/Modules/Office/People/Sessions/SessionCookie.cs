using System.Security.Claims;
using Association.Office.Contracts;
using Association.Office.People.Passkeys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.StaticAssets;

namespace Association.Office.People.Sessions;

/// <summary>Ties the sign-in cookie to a row: it is written at the sign-in, asked for by every request and ended at the sign-out.</summary>
internal sealed class SessionCookie(SessionStore sessions, KeptForms forms) : CookieAuthenticationEvents
{
    private const string SessionClaim = "association:session";

    public override async Task SigningIn(CookieSigningInContext context)
    {
        if (context.HttpContext.Features.Get<SignedIn>() is { } before)
            await sessions.EndAsync(before.SessionId, context.HttpContext.RequestAborted);
        var identity = (ClaimsIdentity)context.Principal!.Identity!;
        var (browser, system) = Session.DeviceOf(context.HttpContext.Request.Headers.UserAgent);
        var id = await sessions.BeginAsync(
            Guid.Parse(identity.FindFirst(ClaimTypes.NameIdentifier)!.Value),
            browser,
            system,
            ShowedTwoFactors(identity),
            context.HttpContext.RequestAborted
        );
        identity.AddClaim(new Claim(SessionClaim, id.ToString()));
    }

    // Identity notes how somebody came in: "mfa" behind the app's code or a recovery code (RFC 8176).
    private static bool ShowedTwoFactors(ClaimsIdentity identity) =>
        identity.HasClaim("amr", "mfa") || identity.HasClaim(ClaimTypes.AuthenticationMethod, PasskeyCeremony.Method);

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        // A stylesheet is the same for everybody.
        if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
            return;
        if (
            Guid.TryParse(context.Principal?.FindFirstValue(SessionClaim), out var id)
            && await sessions.FindAsync(id, context.HttpContext.RequestAborted) is { } person
        )
        {
            context.HttpContext.Features.Set(person);
            return;
        }
        context.RejectPrincipal();
        context.HttpContext.Response.Cookies.Delete(context.Options.Cookie.Name!);
    }

    public override async Task SigningOut(CookieSigningOutContext context)
    {
        if (context.HttpContext.Features.Get<SignedIn>() is { } person)
            await sessions.EndAsync(person.SessionId, context.HttpContext.RequestAborted);
    }

    public override async Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        var (request, options) = (context.Request, context.Options);
        // Also of a cookie that is out of date: whose it was, its seal still says.
        var ticket = options.TicketDataFormat.Unprotect(options.CookieManager.GetRequestCookie(context.HttpContext, options.Cookie.Name!));
        if (Guid.TryParse(ticket?.Principal.FindFirstValue(SessionClaim), out var session) && await forms.KeepAsync(context.HttpContext, session) is { } kept)
        {
            var back = request.PathBase + request.Path + request.QueryString.Add(KeptForms.Parameter, kept.ToString());
            context.RedirectUri = options.LoginPath + QueryString.Create(options.ReturnUrlParameter, back);
        }
        await base.RedirectToLogin(context);
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
