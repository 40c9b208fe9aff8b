using Association.Billing.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Dunning.Cases;

/// <summary>What is still open some time after the last demand and not decided on: the board says what is to become of it (regulation § 7).</summary>
[Permission(BillingModule.ReadLedger)]
internal sealed record ListBoardCases : IQuery<IReadOnlyList<BoardCase>>;

/// <summary>A case for the board.</summary>
/// <param name="Number">Of the invoice or the item.</param>
/// <param name="Member">The member's number.</param>
/// <param name="Name">The member's name.</param>
/// <param name="DueOn">Its due day.</param>
/// <param name="Open">Still to be paid on it.</param>
/// <param name="Fees">Open fees of the account.</param>
/// <param name="Letter">The last demand.</param>
/// <param name="SentOn">When that left.</param>
internal sealed record BoardCase(string Number, string Member, string Name, DateOnly DueOn, Money Open, Money Fees, string Letter, DateOnly SentOn);

internal static class ListBoardCasesHandler
{
    private const string Sql = """
        select r.number, a.member_number, a.name, r.due_on, r.open,
               (select coalesce(sum(f.open), 0) from billing.open_receivable f where f.account_id = a.id and f.kind = 'fee'), l.number, m.sent_on
          from billing.open_receivable r join billing.reminded m on m.item = r.id and m.level = 3 join billing.letter l on l.id = m.letter_id
          join billing.account a on a.id = r.account_id
         where m.sent_on + @days <= @today
           and not exists (select from billing.dunning_decision d
                            where coalesce(d.invoice_id, d.item_id) = r.id and (d.wait_until is null or d.wait_until >= @today))
           and not exists (select from billing.dunning_stop_on(r.account_id, r.id, @today))
         order by m.sent_on, a.name collate "de-DE-x-icu", r.number
        """;

    public static async Task<IReadOnlyList<BoardCase>> HandleAsync(
        ListBoardCases query,
        BillingDb db,
        IOfficeRules rules,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var days = (await rules.CurrentAsync(await db.ConnectionAsync(ct), ct)).Reminders.BoardAfterDays;
        var rows = await (await db.ConnectionAsync(ct)).QueryAsync<(
            string Number,
            string Member,
            string Name,
            DateOnly DueOn,
            decimal Open,
            decimal Fees,
            string Letter,
            DateOnly SentOn
        )>(new CommandDefinition(Sql, new { today = clock.Today(), days }, db.Transaction, cancellationToken: ct));
        return [.. rows.Select(r => new BoardCase(r.Number, r.Member, r.Name, r.DueOn, new Money(r.Open), new Money(r.Fees), r.Letter, r.SentOn))];
    }
}
