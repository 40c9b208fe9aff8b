using Association.Billing.Data;
using Association.Billing.Ledger;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Invoices.Relief;

internal readonly record struct ReliefId(Guid Value) : IEntityId<ReliefId>
{
    public static ReliefId From(Guid value) => new(value);

    public static ReliefId New() => EntityIds.New<ReliefId>();
}

internal enum ReliefKind
{
    /// <summary>Erlass: given up for good.</summary>
    Waiver,

    /// <summary>Ausbuchung: no longer expected; money that still comes is income.</summary>
    WriteOff,
}

internal enum ReliefState
{
    /// <summary>A second person is to agree.</summary>
    Requested,

    /// <summary>In the books.</summary>
    Posted,

    /// <summary>Given up before it was posted.</summary>
    Withdrawn,

    /// <summary>Taken back: the claim is open again.</summary>
    Reversed,
}

/// <summary>A resolution to give up what is open on an invoice or an amount taken over, or a credit taken over; all of it or a part. At most one waits for
/// each.</summary>
internal sealed record ClaimRelief(
    ReliefId Id,
    ItemRef Item,
    string Number,
    string MemberName,
    ReliefKind Kind,
    Money Amount,
    string ResolvedBy,
    DateOnly ResolvedOn,
    string Resolution,
    ReliefState State,
    UserId RequestedBy,
    string RequestedByName,
    DateTimeOffset RequestedAt,
    bool NeedsSecond,
    string? ApprovedByName,
    DateTimeOffset? ApprovedAt,
    PostingId? Posting
)
{
    public PostingKind PostingKind => Kind == ReliefKind.Waiver ? PostingKind.Waiver : PostingKind.WriteOff;

    /// <summary>„Vorstand, 12.11.2026: Verein in Auflösung“, for the journal.</summary>
    public string PostingText => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{ResolvedBy}, {ResolvedOn:dd.MM.yyyy}: {Resolution}");
}

/// <summary>The resolutions on an invoice or an item taken over, the newest first.</summary>
[Permission(BillingModule.ReadInvoices)]
internal sealed record ReadReliefs(string Number) : IQuery<IReadOnlyList<ClaimRelief>>;

internal static class ReadReliefsHandler
{
    public static Task<IReadOnlyList<ClaimRelief>> HandleAsync(ReadReliefs query, BillingDb db, CancellationToken ct) =>
        ClaimReliefs.OfNumberAsync(db, query.Number, ct);
}

/// <summary>The resolutions that wait for a second person, the oldest first.</summary>
[Permission(BillingModule.ReadInvoices)]
internal sealed record ListRequestedReliefs : IQuery<IReadOnlyList<ClaimRelief>>;

internal static class ListRequestedReliefsHandler
{
    public static Task<IReadOnlyList<ClaimRelief>> HandleAsync(ListRequestedReliefs _, BillingDb db, CancellationToken ct) =>
        ClaimReliefs.RequestedAsync(db, ct);
}

/// <summary>Reads and writes reliefs in the running transaction.</summary>
internal static class ClaimReliefs
{
    /// <summary>All that concern a number, the newest first.</summary>
    public static Task<IReadOnlyList<ClaimRelief>> OfNumberAsync(BillingDb db, string number, CancellationToken ct) =>
        ReadAsync(db, "(i.number = @number or e.number = @number)", new { number = number.Trim().ToUpperInvariant() }, ct);

    /// <summary>Those that wait for a second person, the oldest first; nothing waits on what was cancelled or undone meanwhile.</summary>
    public static async Task<IReadOnlyList<ClaimRelief>> RequestedAsync(BillingDb db, CancellationToken ct) =>
        [
            .. (
                await ReadAsync(
                    db,
                    "r.state = 'requested' and not coalesce(e.undone, false) and not exists (select from billing.invoice c where c.cancels_id = i.id)",
                    new { },
                    ct
                )
            ).Reverse(),
        ];

    public static async Task AddAsync(BillingDb db, ClaimRelief relief, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                insert into billing.claim_relief (id, invoice_id, opening_id, kind, amount, resolved_by, resolved_on, resolution, state, requested_by,
                  requested_by_name, requested_at, needs_second, posting_id)
                values (@id, @invoice, @opening, @kind, @amount, @ResolvedBy, @ResolvedOn, @Resolution, @state, @by, @RequestedByName, @RequestedAt,
                  @NeedsSecond, @posting)
                """,
                new
                {
                    id = relief.Id.Value,
                    invoice = relief.Item.Invoice?.Value,
                    opening = relief.Item.Opening?.Value,
                    kind = EnumText.Of(relief.Kind),
                    amount = relief.Amount.Amount,
                    relief.ResolvedBy,
                    relief.ResolvedOn,
                    relief.Resolution,
                    state = EnumText.Of(relief.State),
                    by = relief.RequestedBy.Value,
                    relief.RequestedByName,
                    relief.RequestedAt,
                    relief.NeedsSecond,
                    posting = relief.Posting?.Value,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
    }

    public static Task ApproveAsync(BillingDb db, ReliefId id, Actor by, DateTimeOffset at, PostingId posting, CancellationToken ct) =>
        ChangeAsync(
            db,
            "state = 'posted', approved_by = @by, approved_by_name = @name, approved_at = @at, posting_id = @posting where state = 'requested' and",
            new
            {
                id = id.Value,
                by = by.Id!.Value.Value,
                name = by.Signature,
                at,
                posting = posting.Value,
            },
            ct
        );

    public static Task WithdrawAsync(BillingDb db, ReliefId id, CancellationToken ct) =>
        ChangeAsync(db, "state = 'withdrawn' where state = 'requested' and", new { id = id.Value }, ct);

    public static Task ReverseAsync(BillingDb db, ReliefId id, PostingId reversal, CancellationToken ct) =>
        ChangeAsync(db, "state = 'reversed', reversal_id = @reversal where state = 'posted' and", new { id = id.Value, reversal = reversal.Value }, ct);

    private static async Task ChangeAsync(BillingDb db, string change, object parameters, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var changed = await connection.ExecuteAsync(
            new CommandDefinition($"update billing.claim_relief set {change} id = @id", parameters, db.Transaction, cancellationToken: ct)
        );
        if (changed != 1)
            throw new InvalidOperationException("The relief is no longer in the state that was read under the lock of its item.");
    }

    private static async Task<IReadOnlyList<ClaimRelief>> ReadAsync(BillingDb db, string where, object parameters, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition(
                $"""
                select r.id, r.invoice_id as InvoiceId, r.opening_id as OpeningId, coalesce(i.number, e.number) as Number, a.name as MemberName, r.kind,
                  r.amount, r.resolved_by as ResolvedBy, r.resolved_on as ResolvedOn, r.resolution, r.state,
                       r.requested_by as RequestedBy, r.requested_by_name as RequestedByName, r.requested_at as RequestedAt, r.needs_second as NeedsSecond,
                       r.approved_by_name as ApprovedByName, r.approved_at as ApprovedAt, r.posting_id as PostingId
                  from billing.claim_relief r left join billing.invoice i on i.id = r.invoice_id left join billing.opening_item e on e.id = r.opening_id
                  join billing.account a on a.id = coalesce(i.account_id, e.account_id)
                 where {where} order by r.requested_at desc
                """,
                parameters,
                db.Transaction,
                cancellationToken: ct
            )
        );
        return [.. rows.Select(r => r.ToRelief())];
    }

    private sealed class Row
    {
        public Guid Id { get; init; }
        public Guid? InvoiceId { get; init; }
        public Guid? OpeningId { get; init; }
        public required string Number { get; init; }
        public required string MemberName { get; init; }
        public required string Kind { get; init; }
        public decimal Amount { get; init; }
        public required string ResolvedBy { get; init; }
        public DateOnly ResolvedOn { get; init; }
        public required string Resolution { get; init; }
        public required string State { get; init; }
        public Guid RequestedBy { get; init; }
        public required string RequestedByName { get; init; }
        public DateTime RequestedAt { get; init; }
        public bool NeedsSecond { get; init; }
        public string? ApprovedByName { get; init; }
        public DateTime? ApprovedAt { get; init; }
        public Guid? PostingId { get; init; }

        public ClaimRelief ToRelief() =>
            new(
                new ReliefId(Id),
                InvoiceId is { } invoice ? new InvoiceId(invoice) : new OpeningItemId(OpeningId!.Value),
                Number,
                MemberName,
                EnumText.Parse<ReliefKind>(Kind),
                new Money(Amount),
                ResolvedBy,
                ResolvedOn,
                Resolution,
                EnumText.Parse<ReliefState>(State),
                UserId.From(RequestedBy),
                RequestedByName,
                RequestedAt,
                NeedsSecond,
                ApprovedByName,
                ApprovedAt,
                PostingId is { } posting ? new PostingId(posting) : null
            );
    }
}
