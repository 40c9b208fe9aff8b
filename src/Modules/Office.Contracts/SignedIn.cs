namespace Association.Office.Contracts;

/// <summary>Who makes the request, as the database has it at this moment: neither name nor role are taken from the cookie.</summary>
/// <param name="SessionId">The session of this browser.</param>
/// <param name="PersonId">Who.</param>
/// <param name="Name">As shown in the history.</param>
/// <param name="Role">One of <see cref="Platform.Web.Modules.Roles"/>.</param>
/// <param name="Missing">What the role wants beside the password and this session did not show.</param>
public sealed record SignedIn(Guid SessionId, Guid PersonId, string Name, string Role, MissingFactor Missing = MissingFactor.Nothing);

/// <summary>What is missing before the office opens.</summary>
public enum MissingFactor
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>The person has neither app nor passkey: one is to be set up.</summary>
    ToSetUp,

    /// <summary>The person has one, and came in without it: it is to be shown.</summary>
    ToShow,
}
