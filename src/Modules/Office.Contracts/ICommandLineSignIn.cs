using Association.Platform.Data.Users;

namespace Association.Office.Contracts;

/// <summary>Says who acts in a verb.</summary>
public interface ICommandLineSignIn
{
    /// <summary>The person of a login, with all that the person may at this moment.</summary>
    /// <param name="login">As typed behind <c>--as</c>.</param>
    /// <param name="passwordsAreKnown">On a demo installation, to everybody.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="Platform.Web.CommandLine.RefusedException">Unknown, locked, or not proved.</exception>
    Task<Actor> SignInAsync(string login, bool passwordsAreKnown, CancellationToken ct);
}
