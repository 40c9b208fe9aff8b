using Association.Office.Contracts;
using Association.Office.People.Permissions;
using Association.Platform.Data.Users;

namespace Association.Office.People.Sessions;

/// <summary>Makes the signed-in person the actor of the request, with what the person may at this moment.</summary>
internal sealed class ActorMiddleware(RequestDelegate next, ActorOfRequest actors)
{
    public async Task InvokeAsync(HttpContext context, CurrentUser user)
    {
        if (context.Features.Get<SignedIn>() is { } person)
            user.Actor = await actors.ReadAsync(person, context.RequestAborted);
        await next(context);
    }
}
