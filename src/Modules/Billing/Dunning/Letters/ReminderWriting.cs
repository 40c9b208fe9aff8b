using Association.Billing.Data;
using Association.Billing.Dunning.Finding;
using Association.Billing.Ledger;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Archive;
using Association.Platform.Documents.Letters;
using Dapper;

namespace Association.Billing.Dunning.Letters;

/// <summary>Writes the letters of a run, in the running transaction: numbers, fees with their entries, files, and the level that each item reached. A second
/// letter for an item at the same level is refused by a key.</summary>
internal sealed class ReminderWriting(BillingDb db, IAssociationProfiles profiles, TimeProvider clock)
{
    /// <param name="run">Whose letters.</param>
    /// <param name="letters">What each asks for; the accounts and items are locked.</param>
    /// <param name="rules">How long there is to pay.</param>
    /// <param name="by">Who sends them, for letter and journal.</param>
    /// <param name="ct">Cancels.</param>
    public async Task WriteAsync(Guid run, IReadOnlyList<PlannedReminder> letters, OfficeRules rules, string by, CancellationToken ct)
    {
        if (letters.Count == 0)
            return;
        var (connection, association, today, now) = (await db.ConnectionAsync(ct), await profiles.CurrentAsync(ct), clock.Today(), clock.GetUtcNow());
        var payBy = today.AddDays(rules.Reminders.PayWithinDays);
        var texts = await ReminderTexts.InForceAsync(db, ct);
        var made = new List<Made>(letters.Count);
        var holders = await HoldersAsync([.. letters.Select(l => l.Items[0].Account.Value)], ct);
        foreach (var letter in letters)
        {
            var id = Guid.CreateVersion7();
            made.Add(new Made(id, letter, holders[letter.Items[0].Account.Value], letter.Fee > Money.Zero ? ItemId.New() : null));
        }
        var numbers = await NumbersAsync(run, made, by, now, ct);
        var fees = made.Where(m => m.Fee is not null).ToList();
        await ExecuteAsync(
            """
            insert into billing.item (id, kind, account_id, origin, amount, due_on)
            select x.id, 'fee', x.account, x.origin, x.amount, @payBy
              from unnest(@ids, @accounts, @origins, @amounts) with ordinality as x (id, account, origin, amount, place) order by x.place
            """,
            new
            {
                payBy,
                ids = fees.Select(m => m.Fee!.Value.Value).ToArray(),
                accounts = fees.Select(m => m.Account.Value).ToArray(),
                origins = fees.Select(m => numbers[m.Id]).ToArray(),
                amounts = fees.Select(m => m.Letter.Fee.Amount).ToArray(),
            },
            ct
        );
        await Journal.AppendAsync(connection, [.. fees.Select(m => Posting.OfFee(m.Fee!.Value, m.Account, m.Letter.Fee, today, numbers[m.Id]))], by, ct);
        var earlier = await EarlierFeesAsync([.. made.Select(m => m.Account.Value)], ct);
        await ExecuteAsync(
            """
            insert into billing.reminder (letter_id, run_id, account_id, level, open, fee_item_id)
            select x.letter, @run, x.account, x.level, x.open, x.fee from unnest(@letters, @accounts, @levels, @open, @fees) as x (letter, account, level, open, fee)
            """,
            new
            {
                run,
                letters = made.Select(m => m.Id).ToArray(),
                accounts = made.Select(m => m.Account.Value).ToArray(),
                levels = made.Select(m => (int)m.Letter.Level).ToArray(),
                open = made.Select(m => (m.Letter.Open + Money.Sum(earlier[m.Account.Value].Select(f => f.Open))).Amount).ToArray(),
                fees = made.Select(m => m.Fee?.Value).ToArray(),
            },
            ct
        );
        var items = made.SelectMany(m => m.Letter.Items.Select(i => (Letter: m.Id, Item: i))).ToList();
        await ExecuteAsync(
            """
            insert into billing.reminder_item (letter_id, invoice_id, item_id, level, open)
            select * from unnest(@letters, @invoices, @items, @levels, @open);
            update billing.dunning_run_item i set letter_id = x.letter from unnest(@letters, @ids) as x (letter, id)
             where i.run_id = @run and coalesce(i.invoice_id, i.item_id) = x.id
            """,
            new
            {
                run,
                letters = items.Select(i => i.Letter).ToArray(),
                ids = items.Select(i => i.Item.Id).ToArray(),
                invoices = items.Select(i => i.Item.Item.Invoice?.Value).ToArray(),
                items = items.Select(i => i.Item.Item.Other?.Value).ToArray(),
                levels = items.Select(i => (int)i.Item.Level).ToArray(),
                open = items.Select(i => i.Item.Open.Amount).ToArray(),
            },
            ct
        );
        var files = made.Select(m =>
                (
                    Letter: m,
                    File: ArchivedFile.New(
                        numbers[m.Id] + ".pdf",
                        "application/pdf",
                        Letter.Render(
                            ReminderLetter.Write(
                                new ReminderContent(
                                    numbers[m.Id],
                                    m.Holder.Language,
                                    today,
                                    payBy,
                                    m.Letter.Member,
                                    m.Holder.Name,
                                    m.Holder.Recipient,
                                    m.Letter.Level,
                                    [.. m.Letter.Items.Select(i => new RemindedItem(i.Number, i.DueOn, i.Amount, i.Open))],
                                    earlier[m.Account.Value].ToList(),
                                    m.Letter.Fee
                                ),
                                texts[(m.Letter.Level, m.Holder.Language)].Wording,
                                association,
                                now
                            )
                        )
                    )
                )
            )
            .ToList();
        await FileArchive.AddAsync(connection, [.. files.Select(f => f.File)], ct);
        await ExecuteAsync(
            "insert into billing.letter_document (letter_id, archive_file_id, recipient) select * from unnest(@letters, @files, @recipients::jsonb[])",
            new
            {
                letters = files.Select(f => f.Letter.Id).ToArray(),
                files = files.Select(f => f.File.Id).ToArray(),
                recipients = files.Select(f => BillingJson.Write(f.Letter.Holder.Recipient)).ToArray(),
            },
            ct
        );
    }

    private async Task<Dictionary<Guid, string>> NumbersAsync(Guid run, List<Made> made, string by, DateTimeOffset now, CancellationToken ct) =>
        (
            await (await db.ConnectionAsync(ct)).QueryAsync<(Guid Id, string Number)>(
                new CommandDefinition(
                    """
                    insert into billing.letter (id, kind, account_id, origin_id, created_at, created_by)
                    select x.id, 'reminder', x.account, @run, @now, @by from unnest(@ids, @accounts) with ordinality as x (id, account, place) order by x.place
                    returning id, number
                    """,
                    new
                    {
                        run,
                        now,
                        by,
                        ids = made.Select(m => m.Id).ToArray(),
                        accounts = made.Select(m => m.Account.Value).ToArray(),
                    },
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        ).ToDictionary(n => n.Id, n => n.Number);

    private async Task<Dictionary<Guid, Holder>> HoldersAsync(Guid[] accounts, CancellationToken ct) =>
        (
            await (await db.ConnectionAsync(ct)).QueryAsync<(Guid Id, string Name, string Language, string Recipient)>(
                new CommandDefinition(
                    "select id, name, language, recipient::text from billing.account where id = any (@accounts)",
                    new { accounts },
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        ).ToDictionary(h => h.Id, h => new Holder(h.Name, h.Language, BillingJson.Read<PrintedAddress>(h.Recipient)));

    // Fees that are still open, this letter's own among them: they are asked for with it, and have no level themselves.
    private async Task<ILookup<Guid, OpenFee>> EarlierFeesAsync(Guid[] accounts, CancellationToken ct) =>
        (
            await (await db.ConnectionAsync(ct)).QueryAsync<(Guid Account, string Number, string Letter, decimal Open)>(
                new CommandDefinition(
                    """
                    select account_id, number, origin, open from billing.open_receivable where kind = 'fee' and account_id = any (@accounts)
                     order by account_id, sequence
                    """,
                    new { accounts },
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        ).ToLookup(f => f.Account, f => new OpenFee(f.Number, f.Letter, new Money(f.Open)));

    private async Task ExecuteAsync(string sql, object parameters, CancellationToken ct) =>
        await (await db.ConnectionAsync(ct)).ExecuteAsync(new CommandDefinition(sql, parameters, db.Transaction, cancellationToken: ct));

    private sealed record Holder(string Name, string Language, PrintedAddress Recipient);

    private sealed record Made(Guid Id, PlannedReminder Letter, Holder Holder, ItemId? Fee)
    {
        public AccountId Account => Letter.Items[0].Account;
    }
}
