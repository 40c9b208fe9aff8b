namespace Association.Platform.Mail;

/// <summary>How far a mail came.</summary>
public enum MailState
{
    /// <summary>For its turn, for a server to be set, or for the next attempt.</summary>
    Waiting,

    /// <summary>Being handed over.</summary>
    Sending,

    /// <summary>The server took it, or a person said that it arrived.</summary>
    Sent,

    /// <summary>The server will not take it.</summary>
    Refused,

    /// <summary>It was handed over, and nobody knows whether the server took it.</summary>
    Unknown,

    /// <summary>It could not be sent in time.</summary>
    Expired,

    /// <summary>Nobody needs it any more.</summary>
    Withdrawn,
}
