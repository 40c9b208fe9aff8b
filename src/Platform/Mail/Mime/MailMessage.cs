namespace Association.Platform.Mail.Mime;

/// <summary>Somebody with an address.</summary>
/// <param name="Name">May be empty.</param>
/// <param name="Address">Checked: one mailbox at one domain.</param>
internal sealed record Mailbox(string Name, string Address);

/// <summary>A file that goes with a mail.</summary>
/// <param name="Name">With its ending.</param>
/// <param name="MediaType"><c>application/pdf</c>.</param>
/// <param name="Bytes">Of the file.</param>
internal sealed record MailAttachment(string Name, string MediaType, ReadOnlyMemory<byte> Bytes);

/// <summary>A mail before it is put into its wire form.</summary>
/// <param name="Id">Without the angle brackets; the same at every attempt, so that whoever gets it twice sees one.</param>
/// <param name="Date">When it was written.</param>
/// <param name="From">Whose name stands in it.</param>
/// <param name="To">For whom.</param>
/// <param name="ReplyTo">Where answers go; null: to the sender.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Attachments">In this order; may be none.</param>
internal sealed record MailMessage(
    string Id,
    DateTimeOffset Date,
    Mailbox From,
    Mailbox To,
    Mailbox? ReplyTo,
    string Subject,
    string Text,
    IReadOnlyList<MailAttachment>? Attachments = null
);
