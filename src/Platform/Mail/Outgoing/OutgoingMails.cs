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
    public async Task<bool> AddAsync(NewMail mail, CancellationToken ct) => await AddAsync([mail], ct) == 1;

    public async Task<int> AddAsync(IReadOnlyList<NewMail> mails, CancellationToken ct)
    {
        if (mails.Count == 0)
            return 0;
        foreach (var mail in mails)
            MailAddresses.Ascii(mail.RecipientAddress); // what cannot be addressed is refused here, where somebody can still be told
        var ids = mails.Select(_ => Guid.CreateVersion7()).ToArray();
        var files = mails.SelectMany((mail, i) => mail.Attachments.Select((file, place) => (Mail: ids[i], Place: place + 1, File: file))).ToList();
        var added = (
            await unit.Connection.QueryAsync<Guid>(
                new CommandDefinition(
                    """
                    with mail as (
                      insert into mail.outgoing_mail (id, purpose, recipient_name, recipient_address, subject, content, send_until, created_at, next_attempt_at)
                      select x.id, x.purpose, x.name, x.address, x.subject, x.content, x.until, @now, @now
                        from unnest(@ids, @purposes, @names, @addresses, @subjects, @contents, @untils)
                          as x (id, purpose, name, address, subject, content, until)
                      on conflict (purpose) do nothing returning id),
                    attached as (
                      insert into mail.attachment (mail_id, place, file_id)
                      select f.mail, f.place, f.file from unnest(@fileMails, @places, @files) as f (mail, place, file) join mail on mail.id = f.mail)
                    select id from mail
                    """,
                    new
                    {
                        ids,
                        purposes = mails.Select(m => m.Purpose).ToArray(),
                        names = mails.Select(m => m.RecipientName).ToArray(),
                        addresses = mails.Select(m => m.RecipientAddress).ToArray(),
                        subjects = mails.Select(m => m.Subject).ToArray(),
                        contents = mails.Select(m => contents.Protect(m.Text)).ToArray(),
                        untils = mails.Select(m => m.SendUntil).ToArray(),
                        fileMails = files.Select(f => f.Mail).ToArray(),
                        places = files.Select(f => f.Place).ToArray(),
                        files = files.Select(f => f.File).ToArray(),
                        now = clock.GetUtcNow(),
                    },
                    unit.Transaction,
                    cancellationToken: ct
                )
            )
        ).ToHashSet();
        foreach (var some in ids.Where(added.Contains).Chunk(SendMails.Most))
            await bus.SendAsync(some is [var only] ? new SendMail(only, 1) : new SendMails(some), ct);
        return added.Count;
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
