using Association.Billing.Data;
using Association.Billing.Dunning.Stops;
using Association.Billing.Receivables;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Dapper;

namespace Association.Billing.Dunning.Finding;

/// <summary>
/// Finds what is to be reminded of on a day (regulation § 7): the reminder so many days after the due day, each demand so many days after the letter before it
/// actually left. What is due and not asked for is found as well, with its reason. Preview, run and the last look before a letter is written all ask this.
/// </summary>
internal static class OverdueItems
{
    private const string Sql = """
        with standing as (
          select r.*, coalesce(m.level, 0) as reached, m.sent_on
            from billing.open_receivable r left join billing.reminded m on m.item = r.id
           where r.kind <> 'fee' and r.open > 0 and r.due_on < @today and (@accounts::uuid[] is null or r.account_id = any (@accounts))),
        due as (
          select s.*, case reached when 0 then due_on + @ReminderAfterDays when 1 then sent_on + @FirstLevelAfterDays
                                   else sent_on + @SecondLevelAfterDays end as since
            from standing s where reached < 3)
        select d.id as Id, d.kind as Kind, d.number as Number, d.account_id as Account, a.member_number as Member, a.name as Name, d.due_on as DueOn,
               d.since as Since, d.amount as Amount, d.open as Open, d.reached + 1 as Level, s.reason as Stop, s.until_day as StopUntil,
               case when d.payment_route = 'direct_debit' then 'direct_debit'
                    when s.reason is not null then 'stopped'
                    when d.since is null then 'not_sent_yet'
                    when d.kind = 'invoice' and d.issued_on >= @today then 'issued_today'
                    when exists (select from billing.claim_relief r where coalesce(r.invoice_id, r.item_id) = d.id and r.state = 'requested')
                      or exists (select from billing.cancellation_request r where r.invoice_id = d.id and r.state = 'requested') then 'asked'
                    when d.open <= @small then 'small'
                    when c.balance >= sum(d.open) over (partition by d.account_id) then 'credit'
                    when a.email is null and (a.no_post or coalesce(btrim(a.recipient ->> 'postalCode'), '') = ''
                                               or coalesce(btrim(a.recipient ->> 'town'), '') = '')
                      then 'unreachable' end as LeftOut
          from due d join billing.account a on a.id = d.account_id
          left join billing.credit_balance c on c.account_id = d.account_id
          left join lateral billing.dunning_stop_on(d.account_id, d.id, @today) s on true
         where d.since <= @today or d.since is null
         order by a.name collate "de-DE-x-icu", a.member_number, d.due_on, d.year, d.sequence
        """;

    /// <summary>In the order of names; an account's items in that of their due days.</summary>
    /// <param name="db">Where.</param>
    /// <param name="rules">The office's.</param>
    /// <param name="today">The day.</param>
    /// <param name="accounts">Only theirs; null: all.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<IReadOnlyList<DunnedItem>> FindAsync(
        BillingDb db,
        OfficeRules rules,
        DateOnly today,
        IReadOnlyCollection<Guid>? accounts,
        CancellationToken ct
    )
    {
        var rows = await (await db.ConnectionAsync(ct)).QueryAsync<Row>(
            new CommandDefinition(
                Sql,
                new
                {
                    today,
                    accounts = accounts?.ToArray(),
                    rules.Reminders.ReminderAfterDays,
                    rules.Reminders.FirstLevelAfterDays,
                    rules.Reminders.SecondLevelAfterDays,
                    small = rules.Settlement.SmallDifference.Amount,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return [.. rows.Select(r => r.ToItem())];
    }

    /// <summary>The fee of a letter, by its highest level.</summary>
    public static Money FeeOf(ReminderRules rules, DunningLevel level) =>
        level switch
        {
            DunningLevel.Reminder => rules.ReminderFee,
            DunningLevel.First => rules.FirstLevelFee,
            _ => rules.SecondLevelFee,
        };

    private sealed class Row
    {
        public Guid Id { get; init; }
        public required string Kind { get; init; }
        public required string Number { get; init; }
        public Guid Account { get; init; }
        public required string Member { get; init; }
        public required string Name { get; init; }
        public DateOnly DueOn { get; init; }
        public DateOnly? Since { get; init; }
        public decimal Amount { get; init; }
        public decimal Open { get; init; }
        public int Level { get; init; }
        public string? Stop { get; init; }
        public DateOnly? StopUntil { get; init; }
        public string? LeftOut { get; init; }

        public DunnedItem ToItem() =>
            new(
                Kind == "invoice" ? new InvoiceId(Id) : new ItemId(Id),
                Number,
                new AccountId(Account),
                Member,
                Name,
                DueOn,
                Since,
                new Money(Amount),
                new Money(Open),
                (DunningLevel)Level,
                LeftOut is null ? null : EnumText.Parse<LeftOut>(LeftOut),
                Stop is null ? null : EnumText.Parse<StopReason>(Stop),
                StopUntil
            );
    }
}
