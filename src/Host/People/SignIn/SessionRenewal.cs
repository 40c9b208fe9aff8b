using System.Security.Claims;
using Association.Host.People.Data;
using Microsoft.AspNetCore.Identity;

namespace Association.Host.People.SignIn;

/// <summary>Keeps this browser signed in after a change that ends the person's other sessions.</summary>
internal sealed class SessionRenewal(IServiceScopeFactory scopes)
{
    /// <summary>Writes a new cookie with what the database says now.</summary>
    public async Task RenewAsync(ClaimsPrincipal principal)
    {
        await using var scope = scopes.CreateAsyncScope(); // the request's own context may still hold the person as it was
        var signIn = scope.ServiceProvider.GetRequiredService<SignInManager<Person>>();
        if (await signIn.UserManager.GetUserAsync(principal) is { } person) await signIn.RefreshSignInAsync(person);
    }
}
