namespace Association.Platform.Mail;

/// <summary>What the installation, not the office, decides about outgoing mail. Bound from the section <c>Mail</c>.</summary>
public sealed class MailOptions
{
    /// <summary>Until the connection to the server stands, encryption included.</summary>
    public TimeSpan ConnectPatience { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>For each answer of the server but the last.</summary>
    public TimeSpan ReplyPatience { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>For the answer after the whole mail was sent (RFC 5321 asks for ten minutes). Without it nobody knows whether the mail arrived.</summary>
    public TimeSpan AcceptancePatience { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>A PEM file with the authorities that vouch for the server, for a server of one's own; empty: those of the machine.</summary>
    public string TrustedCertificates { get; set; } = "";

    /// <summary>Multiplies the pauses between two attempts.</summary>
    public double RetryDelayScale { get; set; } = 1;
}
