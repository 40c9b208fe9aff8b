namespace Association.Platform.Mail;

/// <summary>Permissions of outgoing mail.</summary>
public static class MailPermissions
{
    /// <summary>See outgoing mails, never their text.</summary>
    public const string Read = "mail.outgoing.read";

    /// <summary>Decide about mails that did not arrive.</summary>
    public const string Decide = "mail.outgoing.decide";

    /// <summary>Send a mail to try the settings.</summary>
    public const string Test = "mail.server.test";
}
