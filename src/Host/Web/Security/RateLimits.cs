using System.Threading.RateLimiting;
using Association.Events.Contracts;
using Association.Membership.Contracts;
using Association.Office.Contracts;
using Association.Platform.Web.Security;

namespace Association.Host.Web.Security;

/// <summary>How often one address may try a password, an invitation or a personal link, apply for membership or register for an event, and one person may
/// upload.</summary>
/// <remarks>Counted in each host by itself. Settings <c>Limits:SignInsPerMinute</c>, <c>Limits:SecretsPerMinute</c> and
/// <c>Limits:UploadsPerMinute</c>.</remarks>
internal static class RateLimits
{
    public static void AddRateLimits(this IServiceCollection services, IConfiguration configuration) =>
        services.AddRateLimiter(options =>
        {
            var signIns = configuration.GetValue("Limits:SignInsPerMinute", 20);
            var secrets = configuration.GetValue("Limits:SecretsPerMinute", 60);
            var uploads = configuration.GetValue("Limits:UploadsPerMinute", 30);
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            {
                // The page of an invitation looks its code up also when it is only read.
                if (context.Request.Path.StartsWithSegments(OfficePages.Invitation))
                    return PerMinute($"invitation {context.Connection.RemoteIpAddress}", signIns);
                if (context.GetEndpoint()?.Metadata.GetMetadata<SecretPageAttribute>() is not null)
                    return PerMinute($"secret {context.Connection.RemoteIpAddress}", secrets);
                if (!HttpMethods.IsPost(context.Request.Method))
                    return RateLimitPartition.GetNoLimiter("reading");
                var who = context.User.Identity?.Name ?? context.Connection.RemoteIpAddress?.ToString() ?? "";
                if (context.Request.Path.StartsWithSegments(OfficePages.SignIn))
                    return PerMinute($"sign-in {context.Connection.RemoteIpAddress}", signIns);
                if (context.Request.Path.StartsWithSegments(MembershipPages.Apply))
                    return PerMinute($"application {context.Connection.RemoteIpAddress}", signIns);
                if (context.Request.Path.Value!.TrimEnd('/').EndsWith(EventsPages.RegisterEnding, StringComparison.OrdinalIgnoreCase))
                    return PerMinute($"registration {context.Connection.RemoteIpAddress}", signIns);
                if (context.Request.Path.StartsWithSegments(OfficePages.Account))
                    return PerMinute($"account {who}", signIns);
                if (context.Request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true)
                    return PerMinute($"upload {who}", uploads);
                return RateLimitPartition.GetNoLimiter("writing");
            });
        });

    private static RateLimitPartition<string> PerMinute(string key, int permits) =>
        RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) });
}
