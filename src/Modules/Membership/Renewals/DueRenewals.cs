using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Contacts;
using Association.Membership.Members.Model;
using Association.Platform.Data;
using Association.Platform.Data.Settings;
using Dapper;

namespace Association.Membership.Renewals;

/// <summary>Finds what ends within the office's lead times (<see cref="OfficeRules.Deadlines"/>), with what was done about it.</summary>
internal static class DueRenewals
{
    /// <summary>A mandate that was not used for so long expires (SEPA Core rulebook, 4.1).</summary>
    public const int MandateMonths = 36;

    // A mandate that expired is still to be renewed; everything else is over with its day.
    private const int MandateDaysBack = 180;
    private const int Most = 500;

    /// <summary>By day; at most 500.</summary>
    /// <param name="db">Of the module.</param>
    /// <param name="rules">The lead times.</param>
    /// <param name="today">The business date.</param>
    /// <param name="only">Of this subject alone; null: all.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<IReadOnlyList<Renewal>> FindAsync(MembershipDb db, DeadlineRules rules, DateOnly today, RenewalKey? only, CancellationToken ct)
    {
        var rows = await (await db.ConnectionAsync(ct)).QueryAsync<Row>(
            new CommandDefinition(
                Sql,
                new
                {
                    today,
                    exit = today.AddDays(rules.ExitDays),
                    category = today.AddDays(rules.CategoryDays),
                    reduction = today.AddDays(rules.ReductionDays),
                    mandate = today.AddDays(rules.MandateDays),
                    function = today.AddDays(rules.FunctionDays),
                    expired = today.AddDays(-MandateDaysBack),
                    months = MandateMonths,
                    lapsing = Enum.GetValues<FunctionKind>().Where(k => !SuccessorRule.Wanted(k)).Select(EnumText.Of).ToArray(),
                    kind = only is null ? null : EnumText.Of(only.Kind),
                    subject = only?.Subject,
                    most = Most,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return [.. rows.Select(r => r.Read())];
    }

    // A use of a mandate is known by the run that charged the member; a mandate that was never used counts from its signature.
    private const string Sql = """
        select x.kind, x.subject_id as Subject, x.deadline, x.member_id as Member, m.number, m.name, m.language, x.detail,
               r.asked_at as AskedAt, r.asked_by as AskedBy, r.letter_id as Letter, r.done_at as DoneAt, r.done_by as DoneBy, r.done_note as DoneNote
          from (
            select 'exit' as kind, id as subject_id, id as member_id, left_on as deadline, left_reason as detail
              from membership.member where left_on between @today and @exit and left_reason is distinct from 'death'
            union all
            select 'category', id, id, next_category_on, next_category
              from membership.member where next_category_on > @today and next_category_on <= @category and (left_on is null or left_on >= next_category_on)
            union all
            select 'reduction', d.id, d.member_id, make_date(d.to_year, 12, 31), d.percent::text
              from membership.dues_reduction d join membership.member o on o.id = d.member_id
             where make_date(d.to_year, 12, 31) between @today and @reduction and (o.left_on is null or o.left_on > make_date(d.to_year, 12, 31))
               and not exists (select from membership.dues_reduction n where n.member_id = d.member_id and n.from_year = d.to_year + 1)
            union all
            select 'mandate', id, id, expires, mandate_reference
              from (select o.*, (greatest(o.mandate_signed_on, (select max(u.executed_at at time zone 'Europe/Berlin')::date from membership.charge c
                                   join membership.dues_run u on u.id = c.run_id where c.member_id = o.id and c.voided_at is null))
                                 + make_interval(months => @months))::date as expires
                      from membership.member o where o.payment_route = 'direct_debit') o
             where expires between @expired and @mandate and (left_on is null or left_on > @today)
            union all
            select 'function', f.id, f.member_id, f.valid_to, f.kind || E'\n' || f.title || E'\n' || c.name
              from membership.contact_function f
              join membership.contact c on c.id = f.contact_id
              join membership.member o on o.id = f.member_id
             where f.valid_to between @today and @function and f.kind <> all (@lapsing) and (o.left_on is null or o.left_on > f.valid_to)
               and not exists (select from membership.contact_function n
                                where n.member_id = f.member_id and n.kind = f.kind and (n.valid_to is null or n.valid_to > f.valid_to))
          ) x
          join membership.member m on m.id = x.member_id
          left join membership.renewal r on r.kind = x.kind and r.subject_id = x.subject_id and r.deadline = x.deadline
         where @kind::text is null or (x.kind = @kind and x.subject_id = @subject)
         order by x.deadline, m.name collate "de-DE-x-icu", x.kind, x.subject_id
         limit @most
        """;

    private sealed class Row
    {
        public required string Kind { get; init; }
        public Guid Subject { get; init; }
        public DateOnly Deadline { get; init; }
        public Guid Member { get; init; }
        public required string Number { get; init; }
        public required string Name { get; init; }
        public required string Language { get; init; }
        public string? Detail { get; init; }
        public DateTime? AskedAt { get; init; }
        public string? AskedBy { get; init; }
        public Guid? Letter { get; init; }
        public DateTime? DoneAt { get; init; }
        public string? DoneBy { get; init; }
        public string? DoneNote { get; init; }

        public Renewal Read() =>
            new(new RenewalKey(EnumText.Parse<RenewalKind>(Kind), Subject, Deadline), MemberId.From(Member), Number, Name, Language, Detail ?? "")
            {
                AskedAt = AskedAt is { } asked ? new DateTimeOffset(asked, TimeSpan.Zero) : null,
                AskedBy = AskedBy,
                Letter = Letter,
                DoneAt = DoneAt is { } done ? new DateTimeOffset(done, TimeSpan.Zero) : null,
                DoneBy = DoneBy,
                DoneNote = DoneNote,
            };
    }
}
