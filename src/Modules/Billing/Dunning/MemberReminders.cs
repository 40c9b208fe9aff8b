using Association.Billing.Data;
using Association.Billing.Dunning.Stops;
using Association.Billing.Receivables;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Dunning;

/// <summary>The tab „Mahnungen“ on a member's page.</summary>
internal sealed class RemindersTab(IStringLocalizer<DunningTexts> texts) : IMemberPanel
{
    public string Name => "reminders";

    public string Title => texts["Page.Title"];

    public string Permission => BillingModule.ReadLedger;

    public int Order => 310;

    public Type Component => typeof(RemindersPanel);
}

/// <summary>What a member was reminded of, and what stops further reminders; null when the member has no account yet.</summary>
[Permission(BillingModule.ReadLedger)]
internal sealed record ReadMemberReminders(MemberId Member) : IQuery<MemberReminders?>;

/// <summary>The answer.</summary>
/// <param name="Number">The member's number.</param>
/// <param name="Letters">The newest first.</param>
/// <param name="Stops">Also those that are over.</param>
internal sealed record MemberReminders(string Number, IReadOnlyList<MemberReminder> Letters, IReadOnlyList<DunningStop> Stops);

/// <summary>A reminder to a member.</summary>
/// <param name="Letter">Its number.</param>
/// <param name="Level">Its highest level.</param>
/// <param name="WrittenOn">Its date.</param>
/// <param name="SentOn">When it left; null as long as it lies in the house.</param>
/// <param name="Items">Numbers of what it asked for.</param>
/// <param name="Open">What it asked for, with fees.</param>
/// <param name="Fee">Its own fee.</param>
/// <param name="TakenBack">It was taken back.</param>
internal sealed record MemberReminder(
    string Letter,
    DunningLevel Level,
    DateOnly WrittenOn,
    DateOnly? SentOn,
    IReadOnlyList<string> Items,
    Money Open,
    Money Fee,
    bool TakenBack
);

internal static class ReadMemberRemindersHandler
{
    public static async Task<MemberReminders?> HandleAsync(ReadMemberReminders query, BillingDb db, TimeProvider clock, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var member = await connection.ExecuteScalarAsync<string?>(
            new CommandDefinition(
                "select member_number from billing.account where member_id = @id",
                new { id = query.Member.Value },
                db.Transaction,
                cancellationToken: ct
            )
        );
        if (member is null)
            return null;
        var rows = await connection.QueryAsync<(
            string Letter,
            int Level,
            DateOnly Written,
            DateOnly? Sent,
            string[] Items,
            decimal Open,
            decimal Fee,
            bool TakenBack
        )>(
            new CommandDefinition(
                """
                select l.number, r.level, (l.created_at at time zone 'Europe/Berlin')::date,
                       billing.left_on(l.id),
                       (select array_agg(coalesce(i.number, e.number) order by x.level desc, 1) from billing.reminder_item x
                          left join billing.invoice i on i.id = x.invoice_id left join billing.item e on e.id = x.item_id where x.letter_id = l.id),
                       r.open, coalesce(f.amount, 0), r.taken_back_at is not null
                  from billing.reminder r join billing.letter l on l.id = r.letter_id join billing.account a on a.id = r.account_id
                  left join billing.item f on f.id = r.fee_item_id
                 where a.member_number = @member order by l.created_at desc, l.sequence desc
                """,
                new { member },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return new MemberReminders(
            member,
            [
                .. rows.Select(r => new MemberReminder(
                    r.Letter,
                    (DunningLevel)r.Level,
                    r.Written,
                    r.Sent,
                    r.Items,
                    new Money(r.Open),
                    new Money(r.Fee),
                    r.TakenBack
                )),
            ],
            await ListDunningStopsHandler.HandleAsync(new ListDunningStops(member), db, clock, ct)
        );
    }
}
