using System.Net;
using System.Security.Cryptography.X509Certificates;
using Association.Platform.Data.Settings;

namespace Association.Platform.Mail.Smtp;

/// <summary>Where to connect, and as whom.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Security">How the connection is protected.</param>
/// <param name="User">Empty: no sign-in.</param>
/// <param name="Password">Of the user.</param>
internal sealed record SmtpServer(string Host, int Port, MailSecurity Security, string User = "", string Password = "")
{
    /// <summary>How long each part may take.</summary>
    public SmtpPatience Patience { get; init; } = new();

    /// <summary>Authorities trusted instead of those of the machine; empty: those of the machine.</summary>
    public X509Certificate2Collection TrustedCertificates { get; init; } = [];

    /// <summary>Whether nobody else can listen to an unprotected connection.</summary>
    public static bool IsThisMachine(string host) =>
        host is "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    // A record prints its members, and a password must never reach a log.
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append(Host).Append(':').Append(Port).Append(", ").Append(Security);
        return true;
    }
}

/// <summary>How long a server may take (RFC 5321, 4.5.3.2, gives minutes; a person waits for the shorter ones).</summary>
/// <param name="Connect">Until the connection stands, encryption included.</param>
/// <param name="Reply">For each answer but the last.</param>
/// <param name="Acceptance">For the answer after the whole mail was sent. Giving up here leaves a mail of which nobody knows, so it is long.</param>
internal sealed record SmtpPatience(TimeSpan Connect, TimeSpan Reply, TimeSpan Acceptance)
{
    public SmtpPatience()
        : this(TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)) { }
}
