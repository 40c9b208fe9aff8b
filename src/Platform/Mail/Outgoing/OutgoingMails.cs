using Association.Platform.Data;
using Association.Platform.Data.Settings;
using Association.Platform.Mail.Mime;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Platform.Mail.Outgoing;

/// <summary>Writes mails in the running transaction, together with the message by which the bus has them sent.</summary>
internal sealed class OutgoingMails(IMessageBus bus, IUnitOfWork unit, MailContents contents, OfficeDatabase database, IOfficeRules rules, TimeProvider clock)
    : IOutgoingMails
{
    public async Task<bool> AddAsync(NewMail mail, CancellationToken ct)
    {
        MailAddresses.Ascii(mail.RecipientAddress); // what cannot be addressed is refused here, where somebody can still be told
        var id = Guid.CreateVersion7();
        var added = await unit.Connection.ExecuteAsync(
            new CommandDefinition(
                """
                insert into mail.outgoing_mail (id, purpose, recipient_name, recipient_address, subject, content, send_until, created_at,
                  next_attempt_at)
                values (@id, @Purpose, @RecipientName, @RecipientAddress, @Subject, @content, @SendUntil, @now, @now)
                on conflict (purpose) do nothing
                """,
                new
                {
                    id,
                    mail.Purpose,
                    mail.RecipientName,
                    mail.RecipientAddress,
                    mail.Subject,
                    content = contents.Protect(mail.Text),
                    mail.SendUntil,
                    now = clock.GetUtcNow(),
                },
                unit.Transaction,
                cancellationToken: ct
            )
        );
        if (added == 0)
            return false;
        if (mail.Attachments.Count > 0)
            await unit.Connection.ExecuteAsync(
                new CommandDefinition(
                    "insert into mail.attachment (mail_id, place, file_id) select @id, x.place, x.file from unnest(@files) with ordinality as x (file, place)",
                    new { id, files = mail.Attachments.ToArray() },
                    unit.Transaction,
                    cancellationToken: ct
                )
            );
        await bus.SendAsync(new SendMail(id, 1), ct);
        return true;
    }

    public Task WithdrawAsync(IReadOnlyCollection<string> purposes, CancellationToken ct) =>
        unit.Connection.ExecuteAsync(
            new CommandDefinition(
                """
                update mail.outgoing_mail set state = 'withdrawn', content = null, turn = turn + 1, settled_at = @now
                 where purpose = any(@purposes) and state in ('waiting', 'refused', 'unknown', 'expired');
                update mail.outgoing_mail set send_until = @now where purpose = any(@purposes) and state = 'sending' and send_until > @now;
                """,
                new { purposes = purposes.ToArray(), now = clock.GetUtcNow() },
                unit.Transaction,
                cancellationToken: ct
            )
        );

    public Task<int> WithdrawWaitingAsync(IReadOnlyCollection<string> purposes, CancellationToken ct) =>
        unit.Connection.ExecuteAsync(
            new CommandDefinition(
                """
                update mail.outgoing_mail set state = 'withdrawn', content = null, turn = turn + 1, settled_at = @now
                 where purpose = any(@purposes) and state = 'waiting'
                """,
                new { purposes = purposes.ToArray(), now = clock.GetUtcNow() },
                unit.Transaction,
                cancellationToken: ct
            )
        );

    public async Task<IReadOnlyDictionary<string, MailStatus>> StatesAsync(IReadOnlyCollection<string> purposes, CancellationToken ct)
    {
        if (purposes.Count == 0)
            return new Dictionary<string, MailStatus>();
        await using var connection = await database.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<(string Purpose, Guid Id, string State, string Address, DateTime At)>(
            new CommandDefinition(
                "select purpose, id, state, recipient_address, coalesce(settled_at, attempted_at, created_at) from mail.outgoing_mail where purpose = any(@purposes)",
                new { purposes = purposes.ToArray() },
                cancellationToken: ct
            )
        );
        return rows.ToDictionary(
            r => r.Purpose,
            r => new MailStatus(r.Id, EnumText.Parse<MailState>(r.State), r.Address, new DateTimeOffset(r.At)),
            StringComparer.Ordinal
        );
    }

    public async Task<bool> HasServerAsync(CancellationToken ct) => (await rules.CurrentAsync(ct)).Mail.HasServer;
}
