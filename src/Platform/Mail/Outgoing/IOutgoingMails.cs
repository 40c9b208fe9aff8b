using Association.Platform.Data.Kernel;

namespace Association.Platform.Mail;

/// <summary>What a module sends by mail. It is written in the module's own transaction: the mail goes out if and only if the change is committed.</summary>
/// <remarks>Scoped; <c>AddAsync</c> and <see cref="WithdrawAsync"/> work inside a handler only.</remarks>
public interface IOutgoingMails
{
    /// <summary>Queues a mail.</summary>
    /// <returns>False when a mail for this purpose was queued before; nothing happens then.</returns>
    Task<bool> AddAsync(NewMail mail, CancellationToken ct);

    /// <summary>Queues many at once.</summary>
    /// <returns>How many; one for whose purpose a mail was queued before is left out.</returns>
    Task<int> AddAsync(IReadOnlyList<NewMail> mails, CancellationToken ct);

    /// <summary>Takes mails back that nobody needs any more. One that is being handed over right now is not tried again.</summary>
    Task WithdrawAsync(IReadOnlyCollection<string> purposes, CancellationToken ct);

    /// <summary>Takes back those of these mails that nobody has begun to hand over; all others go their way.</summary>
    /// <returns>How many.</returns>
    Task<int> WithdrawWaitingAsync(IReadOnlyCollection<string> purposes, CancellationToken ct);

    /// <summary>How far the mails for these purposes came; those without a mail are missing.</summary>
    Task<IReadOnlyDictionary<string, MailStatus>> StatesAsync(IReadOnlyCollection<string> purposes, CancellationToken ct);

    /// <summary>Whether a server is set, so that mails leave.</summary>
    Task<bool> HasServerAsync(CancellationToken ct);
}

/// <summary>A mail to be sent.</summary>
/// <param name="Purpose">Kind and id of what is mailed, once: <c>invitation:0190…</c>.</param>
/// <param name="RecipientName">May be empty.</param>
/// <param name="RecipientAddress">One mailbox at one domain.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain text; kept encrypted, and deleted once the mail is sent or nobody needs it.</param>
/// <param name="SendUntil">Later it would do no good.</param>
public sealed record NewMail(string Purpose, string RecipientName, string RecipientAddress, string Subject, string Text, DateTimeOffset SendUntil)
{
    /// <summary>One line: what stands in a mail's head has no second one.</summary>
    public string RecipientName { get; } = CleanText.Line(RecipientName).Trim();

    /// <summary>One line.</summary>
    public string Subject { get; } = CleanText.Line(Subject).Trim();

    /// <summary>Files of the archive that go with it, in this order.</summary>
    public IReadOnlyList<Guid> Attachments { get; init; } = [];
}

/// <summary>How far a mail came.</summary>
/// <param name="Id">Names it on the page of outgoing mails.</param>
/// <param name="State">How far.</param>
/// <param name="Address">To whom.</param>
/// <param name="At">Since when.</param>
public sealed record MailStatus(Guid Id, MailState State, string Address, DateTimeOffset At);
