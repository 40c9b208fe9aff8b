using System.Security.Claims;
using Association.Host.People.SignIn;
using Association.Platform.Data.Users;
using Association.Platform.Web.Modules;

namespace Association.Host.Web.Security;

/// <summary>Makes the signed-in person the actor of the request, with the permissions of the role.</summary>
internal sealed class ActorMiddleware(RequestDelegate next, PermissionCatalog catalog)
{
    private readonly Dictionary<string, IReadOnlySet<string>> _permissions = Roles.All.ToDictionary(r => r, r => catalog.HeldBy(r), StringComparer.Ordinal);

    public Task InvokeAsync(HttpContext context, CurrentUser user)
    {
        if (context.User is { Identity.IsAuthenticated: true } principal
            && Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            && principal.FindFirstValue(ClaimTypes.Role) is { } role
            && _permissions.TryGetValue(role, out var permissions))
            user.Actor = new Actor(UserId.From(id), principal.FindFirstValue(PersonClaims.DisplayName) ?? "", permissions);
        return next(context);
    }
}
