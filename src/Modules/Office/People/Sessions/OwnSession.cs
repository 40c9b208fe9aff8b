using Association.Office.Contracts;

namespace Association.Office.People.Sessions;

/// <summary>The session of the browser that makes the request; null on the command line.</summary>
internal sealed class OwnSession(IHttpContextAccessor http)
{
    public Guid? Id => http.HttpContext?.Features.Get<SignedIn>()?.SessionId;
}
