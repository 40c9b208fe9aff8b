using Association.Billing.Accounts;
using Association.Billing.Data;
using Association.Membership.Contracts;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Deliveries.Letters;

/// <summary>Letters that the office wrote wait to leave like every document, each once.</summary>
[PlainWords(typeof(DeliveryTexts), "Work.TakeLetters")]
internal static class TakeLettersHandler
{
    public static async Task HandleAsync(
        LettersWritten written,
        BillingDb db,
        IWrittenLetters letters,
        IMemberDirectory directory,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var all = await letters.ReadAsync(written.Letter, ct);
        foreach (var some in all.Chunk(500))
        {
            var accounts = await AccountRefresh.RunAsync(db, directory, [.. some.Select(l => l.Member)], ct);
            var taken = some.Where(l => accounts.ContainsKey(l.Member)).ToList();
            await (await db.ConnectionAsync(ct)).ExecuteAsync(
                new CommandDefinition(
                    """
                    with asked as (
                      select * from unnest(@accounts, @files, @recipients::jsonb[], @emails, @by)
                        with ordinality as x (account, file, recipient, email, by, place)),
                    made as (
                      insert into billing.letter (id, kind, account_id, email, origin_id, created_at, created_by)
                      select gen_random_uuid(), 'letter', a.account, a.email, @Letter, @now, a.by from asked a order by a.place
                      on conflict (origin_id, account_id) do nothing returning id, account_id)
                    insert into billing.letter_document (letter_id, archive_file_id, recipient)
                    select made.id, a.file, a.recipient from made join asked a on a.account = made.account_id
                    """,
                    new
                    {
                        written.Letter,
                        now = clock.GetUtcNow(),
                        accounts = taken.Select(l => accounts[l.Member].Id.Value).ToArray(),
                        files = taken.Select(l => l.File).ToArray(),
                        recipients = taken.Select(l => BillingJson.Write(l.Address)).ToArray(),
                        emails = taken.Select(l => l.Email).ToArray(),
                        by = taken.Select(l => l.By).ToArray(),
                    },
                    db.Transaction,
                    cancellationToken: ct
                )
            );
        }
    }
}
