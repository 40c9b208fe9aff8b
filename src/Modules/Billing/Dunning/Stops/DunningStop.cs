using Association.Billing.Data;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Dunning.Stops;

/// <summary>Why nobody is reminded.</summary>
public enum StopReason
{
    /// <summary>The member disputes the claim.</summary>
    Dispute,

    /// <summary>Insolvency proceedings.</summary>
    Insolvency,

    /// <summary>The member died.</summary>
    Death,

    /// <summary>Instalments were agreed.</summary>
    Instalments,

    /// <summary>Payment was put off.</summary>
    Deferral,

    /// <summary>The member promised to pay by a day.</summary>
    Promise,

    /// <summary>As the note says.</summary>
    Other,
}

/// <summary>No reminder as long as it holds.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Member">The member's number.</param>
/// <param name="Name">The member's name.</param>
/// <param name="Number">Of the invoice or the item; null: all of the member's.</param>
/// <param name="Reason">Why.</param>
/// <param name="Note">Anything else; may be empty.</param>
/// <param name="From">First day.</param>
/// <param name="Until">Last day; null: until it is lifted.</param>
/// <param name="By">Who set it.</param>
/// <param name="At">When.</param>
/// <param name="LiftedBy">Who lifted it; null while it is not.</param>
/// <param name="LiftedAt">When.</param>
public sealed record DunningStop(
    Guid Id,
    string Member,
    string Name,
    string? Number,
    StopReason Reason,
    string Note,
    DateOnly From,
    DateOnly? Until,
    string By,
    DateTimeOffset At,
    string? LiftedBy,
    DateTimeOffset? LiftedAt
)
{
    /// <summary>Whether it holds on a day, or will.</summary>
    public bool HoldsOrWill(DateOnly day) => LiftedAt is null && (Until is null || Until >= day);
}

/// <summary>The stops, those that end first in front.</summary>
/// <param name="Member">Only this member's, also those that are over; null: all that hold or will.</param>
[Permission(BillingModule.ReadLedger)]
internal sealed record ListDunningStops(string? Member = null) : IQuery<IReadOnlyList<DunningStop>>;

internal static class ListDunningStopsHandler
{
    public static async Task<IReadOnlyList<DunningStop>> HandleAsync(ListDunningStops query, BillingDb db, TimeProvider clock, CancellationToken ct)
    {
        var rows = await (await db.ConnectionAsync(ct)).QueryAsync<Row>(
            new CommandDefinition(
                """
                select s.id as Id, a.member_number as Member, a.name as Name, coalesce(i.number, e.number) as Number, s.reason as Reason, s.note as Note,
                       s.from_day as "From", s.until_day as Until, s.set_by as By, s.set_at as At, s.lifted_by as LiftedBy, s.lifted_at as LiftedAt
                  from billing.dunning_stop s join billing.account a on a.id = s.account_id
                  left join billing.invoice i on i.id = s.invoice_id left join billing.item e on e.id = s.item_id
                 where case when @Member::text is null then s.lifted_at is null and (s.until_day is null or s.until_day >= @today)
                            else a.member_number = @Member end
                 order by s.lifted_at is not null, s.until_day nulls last, a.name collate "de-DE-x-icu", s.set_at
                """,
                new { query.Member, today = clock.Today() },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return
        [
            .. rows.Select(r => new DunningStop(
                r.Id,
                r.Member,
                r.Name,
                r.Number,
                EnumText.Parse<StopReason>(r.Reason),
                r.Note,
                r.From,
                r.Until,
                r.By,
                r.At,
                r.LiftedBy,
                r.LiftedAt is { } lifted ? lifted : null
            )),
        ];
    }

    private sealed class Row
    {
        public Guid Id { get; init; }
        public required string Member { get; init; }
        public required string Name { get; init; }
        public string? Number { get; init; }
        public required string Reason { get; init; }
        public required string Note { get; init; }
        public DateOnly From { get; init; }
        public DateOnly? Until { get; init; }
        public required string By { get; init; }
        public DateTime At { get; init; }
        public string? LiftedBy { get; init; }
        public DateTime? LiftedAt { get; init; }
    }
}
