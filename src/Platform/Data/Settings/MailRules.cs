using System.Text.Json.Serialization;

namespace Association.Platform.Data.Settings;

/// <summary>How the connection to the mail server is protected.</summary>
public enum MailSecurity
{
    /// <summary>Begins in plain text and is encrypted before anything is said (STARTTLS). A server that does not offer it gets no mail.</summary>
    StartTls,

    /// <summary>Encrypted from the first byte.</summary>
    Tls,

    /// <summary>Not at all: for a server on the same machine.</summary>
    Plain,
}

/// <summary>The server that takes outgoing mail, and who stands in it as the sender. The password is kept elsewhere, encrypted.</summary>
public sealed record MailRules
{
    /// <summary>Name or address of the server; empty: none is set, and mails wait.</summary>
    public string Server { get; init; } = "";

    /// <summary>1 to 65535: usually 587 for STARTTLS, 465 for TLS, 25 for none.</summary>
    public int Port { get; init; } = 587;

    /// <summary>How the connection is protected.</summary>
    public MailSecurity Security { get; init; } = MailSecurity.StartTls;

    /// <summary>Name to sign in with; empty: the server asks for none.</summary>
    public string User { get; init; } = "";

    /// <summary>Which stored password belongs to <see cref="User"/>; null without one.</summary>
    public Guid? Password { get; init; }

    /// <summary>As recipients see it; empty: the association's name.</summary>
    public string SenderName { get; init; } = "";

    /// <summary>The address that mails come from.</summary>
    public string SenderAddress { get; init; } = "";

    /// <summary>Where answers go; empty: to the sender's address.</summary>
    public string ReplyTo { get; init; } = "";

    /// <summary>Whether mails can leave.</summary>
    [JsonIgnore]
    public bool HasServer => Server.Length > 0 && SenderAddress.Length > 0;
}
