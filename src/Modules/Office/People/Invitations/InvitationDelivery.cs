using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Office.People.Invitations;

/// <summary>How an invitation reaches the person.</summary>
public enum InvitationWay
{
    /// <summary>Whoever issues it sees the link and passes it on.</summary>
    Link,

    /// <summary>On paper.</summary>
    Letter,

    /// <summary>By mail; nobody but the person sees the link.</summary>
    Mail,
}

/// <summary>What issuing an invitation needs to know about its way.</summary>
/// <param name="Way">How it reaches the person.</param>
/// <param name="Email">Where a mail goes; kept as the person's address then.</param>
/// <param name="Site">The office as its visitors reach it: <c>https://office.example</c>.</param>
internal sealed record InvitationDelivery(InvitationWay Way, string Email = "", string Site = "")
{
    public static readonly InvitationDelivery ByLink = new(InvitationWay.Link);

    /// <summary>Null when the way is open.</summary>
    public Problem? Check(IStringLocalizer<InvitationTexts> texts) =>
        Way != InvitationWay.Mail || EmailAddress.TryParse(Email, out _, out _) ? null : new Problem(nameof(Email), texts["Error.MailAddress"]);
}
