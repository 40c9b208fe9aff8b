namespace Association.Platform.Mail.Smtp;

/// <summary>The steps of a conversation, in their order.</summary>
public enum SmtpStep
{
    /// <summary>Find the server and reach it.</summary>
    Connect,

    /// <summary>Its first words.</summary>
    Greeting,

    /// <summary>EHLO: what it can do.</summary>
    Hello,

    /// <summary>Encryption, with the check of the certificate.</summary>
    Encrypt,

    /// <summary>User and password.</summary>
    SignIn,

    /// <summary>The sender's address.</summary>
    Sender,

    /// <summary>A recipient's address.</summary>
    Recipient,

    /// <summary>The mail itself, without its end.</summary>
    Content,

    /// <summary>From the mail's end on: only here the server takes it over.</summary>
    Acceptance,
}

/// <summary>What went wrong.</summary>
public enum SmtpFault
{
    /// <summary>The server said no, with a code.</summary>
    Refused,

    /// <summary>No server has this name.</summary>
    NameUnknown,

    /// <summary>Nobody answers there.</summary>
    Unreachable,

    /// <summary>The connection broke off.</summary>
    Cut,

    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>The answer is not SMTP.</summary>
    Nonsense,

    /// <summary>The server offers no STARTTLS.</summary>
    NoTls,

    /// <summary>The encryption could not be agreed on.</summary>
    TlsFailed,

    /// <summary>The certificate is not of this server, has run out, or nobody known vouches for it.</summary>
    Certificate,

    /// <summary>The server offers no sign-in that this program knows (PLAIN, LOGIN).</summary>
    NoSignIn,

    /// <summary>A password would travel in plain text.</summary>
    Unprotected,

    /// <summary>The mail is larger than the server takes.</summary>
    TooLarge,
}

/// <summary>What a failed conversation means for the mail.</summary>
internal enum SmtpVerdict
{
    /// <summary>The server has not taken it; another attempt may succeed.</summary>
    Later,

    /// <summary>The server will not take it.</summary>
    Never,

    /// <summary>It was sent whole, and no answer came: the server may have it.</summary>
    Unknown,
}

/// <summary>A conversation that ended before the server took the mail over, or without its saying so.</summary>
internal sealed class SmtpFailure(SmtpStep step, SmtpFault fault, SmtpReply? reply = null, Exception? cause = null)
    : Exception($"{step}: {fault}{(reply is null ? "" : $" ({reply.Code})")}", cause)
{
    public SmtpStep Step { get; } = step;

    public SmtpFault Fault { get; } = fault;

    /// <summary>Null when there was none.</summary>
    public SmtpReply? Reply { get; } = reply;

    public SmtpVerdict Verdict =>
        this switch
        {
            { Fault: SmtpFault.TooLarge } => SmtpVerdict.Never,
            { Step: < SmtpStep.Sender } => SmtpVerdict.Later, // the trouble is the server's or the settings', not the mail's
            { Reply: { IsNever: true } } => SmtpVerdict.Never,
            { Reply: { IsLater: true } } => SmtpVerdict.Later,
            { Step: SmtpStep.Acceptance } => SmtpVerdict.Unknown,
            _ => SmtpVerdict.Later,
        };
}
