using Association.Platform.Data.Users;
using Microsoft.AspNetCore.Authorization;

namespace Association.Platform.Web.Security;

/// <summary>
/// Who may open this page or call this endpoint. A page without it is open to everybody who is signed in. The commands and
/// queries behind the page declare their permissions themselves; this one decides before anything is rendered.
/// </summary>
/// <param name="permission">A permission that the module declares, such as <c>membership.members.read</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequirePermissionAttribute(string permission) : AuthorizeAttribute, IAuthorizationRequirement, IAuthorizationRequirementData
{
    /// <summary>The permission's name.</summary>
    public string Permission { get; } = permission;

    /// <inheritdoc/>
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

internal sealed class RequirePermissionHandler(CurrentUser user) : AuthorizationHandler<RequirePermissionAttribute>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RequirePermissionAttribute requirement)
    {
        if (user.Actor.May(requirement.Permission))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
