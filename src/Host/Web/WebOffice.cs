using System.Text.Encodings.Web;
using System.Text.Unicode;
using Association.Host.Telemetry;
using Association.Host.Web.Security;
using Association.Host.Web.Shell;
using Association.Platform.Data;
using Association.Platform.Messaging;
using Association.Platform.Web;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;

namespace Association.Host.Web;

/// <summary>The office in a browser: pages, sign-in and everything that guards them.</summary>
internal static class WebOffice
{
    /// <summary>The largest body of a request: 25 MB, a little more than the largest file that is accepted.</summary>
    public const long MaxRequestBytes = 25 * 1024 * 1024;

    /// <summary>Registers what only the running office needs; modules and platform are registered before.</summary>
    public static void AddWebOffice(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
        });
        services.Configure<FormOptions>(form =>
        {
            form.MultipartBodyLengthLimit = MaxRequestBytes;
            form.ValueCountLimit = 4096;
        });
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)); // umlauts stay readable in the source of a page
        services.AddPlatformWeb();
        services.AddRazorComponents();
        services.AddAuthorization(options => options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "association-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddRateLimits(builder.Configuration);
        services.AddKnownHosts(builder.Configuration);
        services.AddScoped<Site>();
    }

    /// <summary>The order in which a request passes the guards, then the pages and the modules' endpoints.</summary>
    public static void UseWebOffice(this WebApplication app)
    {
        var modules = app.Services.GetServices<IModule>().ToList();
        app.UseTrustedProxies();
        app.UseRequestSpans();
        app.UseOneConnection();
        app.UseSecurityHeaders();
        if (!app.Environment.IsDevelopment())
            app.UseHsts();
        app.UseChosenCulture();
        app.UseExceptionHandler(
            new ExceptionHandlerOptions
            {
                ExceptionHandlingPath = Pages.StatusPage.Path,
                CreateScopeForErrors = true,
                StatusCodeSelector = StatusOf,
            }
        );
        app.UseStatusCodePagesWithReExecute(Pages.StatusPage.Path, createScopeForStatusCodePages: true);
        app.UseStatusPageRequests();
        app.UseRouting();
        app.UseAuthentication();
        foreach (var module in modules)
            module.UseGuards(app);
        Site.UseSite(app);
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseTooLargeRequests(MaxRequestBytes);
        app.UseReadableRequests();
        app.UseOutdatedForms();
        app.UseAntiforgery();

        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().WithStaticAssets().AddAdditionalAssemblies(Routes.OtherAssemblies(modules));
        foreach (var module in modules)
            module.MapEndpoints(app);
        app.MapFallback(context =>
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            })
            .AllowAnonymous();
    }

    // The parts of a page ask beside each other: the menu for its number, the page for its rows.
    private static void UseOneConnection(this WebApplication app)
    {
        var database = app.Services.GetRequiredService<OfficeDatabase>();
        app.Use(
            async (context, next) =>
            {
                database.TakeTurns();
                await next(context);
            }
        );
    }

    private static int StatusOf(Exception exception) =>
        exception switch
        {
            PermissionDeniedException => StatusCodes.Status403Forbidden,
            BadHttpRequestException bad => bad.StatusCode,
            ProblemsException => StatusCodes.Status400BadRequest, // a question that was refused, such as one about a year that there is not
            Microsoft.AspNetCore.Antiforgery.AntiforgeryValidationException => StatusCodes.Status400BadRequest,
            _ => StatusCodes.Status500InternalServerError,
        };
}
