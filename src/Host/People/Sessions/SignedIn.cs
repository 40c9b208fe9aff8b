namespace Association.Host.People.Sessions;

/// <summary>Who makes the request, as the database has it at this moment: neither name nor role are taken from the cookie.</summary>
internal sealed record SignedIn(Guid SessionId, Guid PersonId, string Name, string Role);

/// <summary>The session of the browser that makes the request; null on the command line.</summary>
internal sealed class OwnSession(IHttpContextAccessor http)
{
    public Guid? Id => http.HttpContext?.Features.Get<SignedIn>()?.SessionId;
}
