using Association.Billing.Data;
using Association.Billing.Ledger;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Accounts.Opening;

/// <summary>Take a list back by postings of its own, as long as nothing was paid, set off or paid back against it.</summary>
[Permission(BillingModule.TakeOverOpening)]
internal sealed record UndoOpening(Guid Import) : ICommand;

/// <summary>A list that was taken over, with its items, all locked.</summary>
internal sealed record LockedOpening(bool Undone, IReadOnlyList<OpeningBooked> Items, IReadOnlyList<string> Used);

/// <summary>An item as it was booked.</summary>
internal sealed record OpeningBooked(ItemId Id, string Number, bool IsCredit, AccountId Account, string Origin, Money Amount);

internal static class UndoOpeningHandler
{
    /// <summary>Whether something was paid, set off or paid back against the item <c>e</c>, in SQL. A credit is used when anything was taken from the account's
    /// credit after it came: euros of a credit do not know where they are from.</summary>
    public const string IsUsed = """
        case e.kind
          when 'open' then e.amount <> (select sum(l.debit - l.credit) from billing.posting_line l where l.item_id = e.id)
          else exists (select from billing.posting_line l join billing.posting p on p.id = l.posting_id
                        where l.account_id = e.account_id and l.ledger_account = 'credit' and l.debit > 0 and p.kind <> 'opening_undo'
                          and p.sequence > (select o.sequence from billing.posting o where o.item_id = e.id and o.kind = 'opening')) end
        """;

    public static async Task<LockedOpening?> LoadAsync(UndoOpening command, BillingDb db, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var id = new { id = command.Import };
        var undone = await connection.QuerySingleOrDefaultAsync<bool?>(
            new CommandDefinition(
                "select undone_at is not null from billing.opening_import where id = @id for update",
                id,
                db.Transaction,
                cancellationToken: ct
            )
        );
        if (undone is null)
            return null;

        await connection.ExecuteAsync(
            new CommandDefinition(
                "select from billing.account where id in (select account_id from billing.item where import_id = @id) order by id for no key update",
                id,
                db.Transaction,
                cancellationToken: ct
            )
        );
        var items = await connection.QueryAsync<(Guid Id, string Number, string Kind, Guid Account, string Origin, decimal Amount)>(
            new CommandDefinition(
                "select id, number, kind, account_id, origin, amount from billing.item where import_id = @id order by sequence for no key update",
                id,
                db.Transaction,
                cancellationToken: ct
            )
        );
        var used = await connection.QueryAsync<string>(
            new CommandDefinition(
                $"select e.number from billing.item e where e.import_id = @id and {IsUsed} order by e.sequence",
                id,
                db.Transaction,
                cancellationToken: ct
            )
        );
        return new LockedOpening(
            undone.Value,
            [.. items.Select(i => new OpeningBooked(new ItemId(i.Id), i.Number, i.Kind == "credit", new AccountId(i.Account), i.Origin, new Money(i.Amount)))],
            [.. used]
        );
    }

    public static Problem? Validate(UndoOpening _, LockedOpening? found, IStringLocalizer<OpeningTexts> texts) =>
        found switch
        {
            null => new Problem("", texts["Problem.NoSuchImport"]),
            { Undone: true } => new Problem("", texts["Problem.UndoneAlready"]),
            { Used.Count: > 0 } => new Problem("", texts["Problem.Used", new Count(found.Used.Count), string.Join(", ", found.Used.Take(5))]),
            _ => null,
        };

    public static async Task HandleAsync(UndoOpening command, LockedOpening found, BillingDb db, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        var (connection, today) = (await db.ConnectionAsync(ct), clock.Today());
        await Journal.AppendAsync(connection, [.. found.Items.Select(i => Booked(i, today).Undone(today))], user.Actor.Name, ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                update billing.item set undone = true where import_id = @Import;
                update billing.opening_import set undone_at = @now, undone_by = @by where id = @Import;
                """,
                new
                {
                    command.Import,
                    now = clock.GetUtcNow(),
                    by = user.Actor.Name,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
    }

    private static Posting Booked(OpeningBooked item, DateOnly day) =>
        item.IsCredit
            ? Posting.OfOpeningCredit(item.Id, item.Account, item.Amount, day, item.Origin)
            : Posting.OfOpening(item.Id, item.Account, item.Amount, day, item.Origin);
}
