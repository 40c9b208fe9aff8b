using Association.Billing.Data;
using Association.Billing.Deliveries;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Sending;

/// <summary>What was sent in one go, the newest first.</summary>
/// <param name="Number">Only this one; null: the newest twenty.</param>
[Permission(BillingModule.Send)]
internal sealed record ReadSendings(int? Number = null) : IQuery<IReadOnlyList<SendingView>>;

/// <summary>A sending. Mails are counted, not documents.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">As the office names it.</param>
/// <param name="CreatedAt">When it was begun.</param>
/// <param name="CreatedBy">By whom.</param>
/// <param name="Work">Handing over the mails; null: none goes by mail.</param>
/// <param name="Batch">Number of the print batch; null: none goes on paper.</param>
/// <param name="Planned">Mails it was begun with.</param>
/// <param name="IsStopped">Whether somebody stopped it.</param>
/// <param name="IsHandedOver">Whether no mail is still to be handed over.</param>
/// <param name="HandedOver">Mails that lie in the outgoing mail.</param>
/// <param name="Accepted">Mails that servers took.</param>
/// <param name="Failed">Mails that were refused, or came back.</param>
/// <param name="Unknown">Mails of which nobody knows.</param>
/// <param name="Withdrawn">Mails that were taken back.</param>
internal sealed record SendingView(
    Guid Id,
    int Number,
    DateTime CreatedAt,
    string CreatedBy,
    Guid? Work,
    int? Batch,
    int Planned,
    bool IsStopped,
    bool IsHandedOver,
    int HandedOver,
    int Accepted,
    int Failed,
    int Unknown,
    int Withdrawn
)
{
    /// <summary>Mails that came to an end, whichever.</summary>
    public int Settled => Accepted + Failed + Unknown + Withdrawn;

    /// <summary>All of its mails; fewer than planned when it was stopped.</summary>
    public int Total => IsHandedOver ? HandedOver + Settled : Math.Max(Planned, HandedOver + Settled);

    /// <summary>Whether something is still on its way.</summary>
    public bool IsRunning => !IsHandedOver || HandedOver > 0;
}

/// <summary>Documents of a sending whose mail did not arrive, or of which nobody knows.</summary>
[Permission(BillingModule.Send)]
internal sealed record ReadFailures(Guid Sending) : IQuery<IReadOnlyList<Delivery>>;

internal static class ReadSendingsHandler
{
    public static async Task<IReadOnlyList<SendingView>> HandleAsync(ReadSendings query, BillingDb db, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var rows = await connection.QueryAsync<SendingView>(
            new CommandDefinition(
                """
                select s.id as Id, s.number as Number, s.created_at as CreatedAt, s.created_by as CreatedBy, s.work_id as Work, b.number as Batch,
                       coalesce(w.total, 0) as Planned, coalesce(w.cancel_wished, false) as IsStopped,
                       w.id is null or w.finished_at is not null as IsHandedOver,
                       m.handed_over as HandedOver, m.accepted as Accepted, m.failed as Failed, m.unknown as Unknown, m.withdrawn as Withdrawn
                  from billing.sending s
                  left join platform.long_work w on w.id = s.work_id
                  left join billing.print_batch b on b.id = s.print_batch_id
                  cross join lateral (
                    select count(distinct d.purpose) filter (where d.state = 'handed_over')::int as handed_over,
                           count(distinct d.purpose) filter (where d.state = 'accepted')::int as accepted,
                           count(distinct d.purpose) filter (where d.state in ('refused', 'undeliverable'))::int as failed,
                           count(distinct d.purpose) filter (where d.state = 'unknown')::int as unknown,
                           count(distinct d.purpose) filter (where d.state = 'withdrawn')::int as withdrawn
                      from billing.delivery d where d.sending_id = s.id) m
                 where @Number::int is null or s.number = @Number order by s.number desc limit 20
                """,
                query,
                db.Transaction,
                cancellationToken: ct
            )
        );
        return rows.AsList();
    }
}

internal static class ReadFailuresHandler
{
    private const int MostNamed = 200;

    public static Task<IReadOnlyList<Delivery>> HandleAsync(ReadFailures query, BillingDb db, CancellationToken ct) =>
        DeliveryProofs.ReadAsync(db, "d.sending_id = @Sending and d.state in ('refused', 'undeliverable', 'unknown')", query, MostNamed, ct);
}
