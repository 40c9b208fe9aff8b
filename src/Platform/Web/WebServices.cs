using Association.Platform.Web.Audit;
using Association.Platform.Web.Components;
using Association.Platform.Web.Modules;
using Association.Platform.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Platform.Web;

/// <summary>Registration of the web floor.</summary>
public static class WebServices
{
    /// <summary>Registers what the components of this assembly need: forms, toasts, permissions of pages, texts.</summary>
    public static IServiceCollection AddPlatformWeb(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddLocalization();
        services.AddScoped<FormPost>();
        services.AddScoped<Toasts>();
        services.AddScoped<ShellMenu>();
        services.AddSingleton<AuditTrail>();
        services.AddScoped<IAuthorizationHandler, RequirePermissionHandler>();
        return services;
    }
}
