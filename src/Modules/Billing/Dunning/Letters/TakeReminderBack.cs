using Association.Billing.Data;
using Association.Billing.Ledger;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Dunning.Letters;

/// <summary>
/// A reminder that has not left the house is taken back with its fee: its items stand where they stood before it, and are found again. Once done, a repetition
/// does nothing.
/// </summary>
/// <param name="Letter">Number of the reminder: MA-12.</param>
[Permission(BillingModule.PrepareReminders)]
internal sealed record TakeReminderBack(string Letter) : ICommand;

/// <summary>A reminder, locked.</summary>
/// <param name="Id">Of the letter.</param>
/// <param name="Number">Of the letter.</param>
/// <param name="Account">Whose.</param>
/// <param name="Fee">Its fee; null without.</param>
/// <param name="FeeEntry">The entry that posted it.</param>
/// <param name="FeeAmount">Of it.</param>
/// <param name="FeeOpen">Still open of it.</param>
/// <param name="TakenBack">Done already.</param>
/// <param name="Left">It is under way, or gone: by mail, on paper or given.</param>
/// <param name="Newer">A later reminder of one of its items.</param>
internal sealed record LockedReminder(
    Guid Id,
    string Number,
    Guid Account,
    Guid? Fee,
    Guid? FeeEntry,
    decimal FeeAmount,
    decimal FeeOpen,
    bool TakenBack,
    bool Left,
    string? Newer
);

internal static class TakeReminderBackHandler
{
    public static async Task<LockedReminder?> LoadAsync(TakeReminderBack command, BillingDb db, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var number = new { number = command.Letter.Trim().ToUpperInvariant() };
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                select from billing.reminder r join billing.letter l on l.id = r.letter_id where l.number = @number for update of r;
                select from billing.item f join billing.reminder r on r.fee_item_id = f.id join billing.letter l on l.id = r.letter_id
                 where l.number = @number for no key update of f
                """,
                number,
                db.Transaction,
                cancellationToken: ct
            )
        );
        return await connection.QuerySingleOrDefaultAsync<LockedReminder>(
            new CommandDefinition(
                """
                select l.id as Id, l.number as Number, r.account_id as Account, f.id as Fee, p.id as FeeEntry, coalesce(f.amount, 0) as FeeAmount,
                       coalesce((select sum(x.debit - x.credit) from billing.posting_line x where x.item_id = f.id), 0) as FeeOpen,
                       r.taken_back_at is not null as TakenBack,
                       exists (select from billing.delivery d where d.document_id = l.id and d.state <> 'withdrawn') as Left,
                       (select min(n.number) from billing.reminder_item o join billing.reminder_item i on i.live and i.level > o.level
                          and coalesce(i.invoice_id, i.item_id) = coalesce(o.invoice_id, o.item_id) join billing.letter n on n.id = i.letter_id
                         where o.letter_id = l.id) as Newer
                  from billing.letter l join billing.reminder r on r.letter_id = l.id left join billing.item f on f.id = r.fee_item_id and not f.undone
                  left join billing.posting p on p.item_id = f.id and p.kind = 'fee'
                 where l.number = @number
                """,
                number,
                db.Transaction,
                cancellationToken: ct
            )
        );
    }

    public static Problem? Validate(TakeReminderBack command, LockedReminder? letter, IStringLocalizer<DunningTexts> texts) =>
        letter switch
        {
            null => new Problem("", texts["Problem.NoLetter", command.Letter]),
            { TakenBack: true } => null,
            { Left: true } => new Problem("", texts["Problem.HasLeft", letter.Number]),
            { Newer: { } newer } => new Problem("", texts["Problem.NewerLetter", letter.Number, newer]),
            { Fee: not null } when letter.FeeOpen != letter.FeeAmount => new Problem("", texts["Problem.FeePaid", letter.Number]),
            _ => null,
        };

    public static async Task HandleAsync(
        TakeReminderBack command,
        LockedReminder letter,
        BillingDb db,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        if (letter.TakenBack)
            return;
        var connection = await db.ConnectionAsync(ct);
        if (letter is { Fee: { } fee, FeeEntry: { } entry })
        {
            var item = new ItemId(fee);
            var reversal = Posting.OfReversedFee(
                new PostingId(entry),
                item,
                new AccountId(letter.Account),
                new Money(letter.FeeAmount),
                new Money(letter.FeeOpen),
                clock.Today(),
                letter.Number
            );
            await Journal.AppendAsync(connection, [reversal], user.Actor.Name, ct);
        }
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                update billing.item set undone = true where id = @Fee;
                update billing.reminder_item set live = false where letter_id = @Id and live;
                update billing.reminder set taken_back_at = @now, taken_back_by = @by where letter_id = @Id
                """,
                new
                {
                    letter.Fee,
                    letter.Id,
                    now = clock.GetUtcNow(),
                    by = user.Actor.Name,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
    }
}

/// <summary>Number of the run that wrote a reminder; null when there is no such letter.</summary>
[Permission(BillingModule.ReadLedger)]
internal sealed record FindRunOfReminder(string Letter) : IQuery<int?>;

internal static class FindRunOfReminderHandler
{
    public static async Task<int?> HandleAsync(FindRunOfReminder query, BillingDb db, CancellationToken ct) =>
        await (await db.ConnectionAsync(ct)).ExecuteScalarAsync<int?>(
            new CommandDefinition(
                """
                select d.number from billing.letter l join billing.reminder r on r.letter_id = l.id join billing.dunning_run d on d.id = r.run_id
                 where l.number = @number
                """,
                new { number = query.Letter.Trim().ToUpperInvariant() },
                db.Transaction,
                cancellationToken: ct
            )
        );
}
