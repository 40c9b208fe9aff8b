using Association.Billing.Data;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Accounts.Refunds;

internal readonly record struct RefundRequestId(Guid Value) : IEntityId<RefundRequestId>
{
    public static RefundRequestId From(Guid value) => new(value);

    public static RefundRequestId New() => EntityIds.New<RefundRequestId>();
}

internal enum RefundState
{
    /// <summary>A second person is to agree.</summary>
    Requested,

    /// <summary>Agreed to, and in the books.</summary>
    Posted,

    /// <summary>Given up.</summary>
    Withdrawn,
}

/// <summary>A refund that needs or needed a second person. At most one waits an account.</summary>
/// <param name="PaidOn">The day of the transfer as asked for.</param>
internal sealed record RefundRequest(
    RefundRequestId Id,
    AccountId Account,
    string MemberNumber,
    string MemberName,
    Money Amount,
    DateOnly PaidOn,
    string Note,
    RefundState State,
    UserId RequestedBy,
    string RequestedByName,
    DateTimeOffset RequestedAt
);

/// <summary>The refund of an account that waits for a second person; null when there is none.</summary>
/// <param name="Member">The member's number.</param>
/// <param name="Id">This one, in whatever state it is; null for the one that waits.</param>
[Permission(BillingModule.ReadLedger)]
internal sealed record ReadRefundRequest(string Member, RefundRequestId? Id = null) : IQuery<RefundRequest?>;

internal static class ReadRefundRequestHandler
{
    public static async Task<RefundRequest?> HandleAsync(ReadRefundRequest query, BillingDb db, CancellationToken ct) =>
        query.Id is { } id ? await RefundRequests.FindAsync(db, id, ct) : await RefundRequests.WaitingOfAsync(db, query.Member, ct);
}

/// <summary>The refunds that wait for a second person, the oldest first.</summary>
[Permission(BillingModule.ReadLedger)]
internal sealed record ListRefundRequests : IQuery<IReadOnlyList<RefundRequest>>;

internal static class ListRefundRequestsHandler
{
    public static Task<IReadOnlyList<RefundRequest>> HandleAsync(ListRefundRequests _, BillingDb db, CancellationToken ct) =>
        RefundRequests.WaitingAsync(db, ct);
}

/// <summary>Reads and writes requests in the running transaction.</summary>
internal static class RefundRequests
{
    public static async Task<RefundRequest?> FindAsync(BillingDb db, RefundRequestId id, CancellationToken ct) =>
        (await ReadAsync(db, "r.id = @id", new { id = id.Value }, ct)).SingleOrDefault();

    public static async Task<RefundRequest?> WaitingOfAsync(BillingDb db, AccountId account, CancellationToken ct) =>
        (await ReadAsync(db, "r.state = 'requested' and a.id = @account", new { account = account.Value }, ct)).SingleOrDefault();

    public static async Task<RefundRequest?> WaitingOfAsync(BillingDb db, string member, CancellationToken ct) =>
        (
            await ReadAsync(
                db,
                "r.state = 'requested' and a.id = (select id from billing.account where member_number = @number order by id limit 1)",
                new { number = member.Trim() },
                ct
            )
        ).SingleOrDefault();

    public static Task<IReadOnlyList<RefundRequest>> WaitingAsync(BillingDb db, CancellationToken ct) => ReadAsync(db, "r.state = 'requested'", new { }, ct);

    public static async Task AddAsync(BillingDb db, AccountId account, RefundCredit refund, Actor by, DateTimeOffset at, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                insert into billing.refund_request (id, account_id, amount, paid_on, note, state, requested_by, requested_by_name, requested_at)
                values (@id, @account, @amount, @PaidOn, @note, 'requested', @by, @name, @at)
                """,
                new
                {
                    id = RefundRequestId.New().Value,
                    account = account.Value,
                    amount = refund.Amount.Amount,
                    refund.PaidOn,
                    note = refund.Note.Trim(),
                    by = by.Id!.Value.Value,
                    name = by.Name,
                    at,
                },
                db.Transaction,
                cancellationToken: ct
            )
        );
    }

    public static Task ApproveAsync(BillingDb db, RefundRequestId id, Actor by, DateTimeOffset at, PostingId posting, CancellationToken ct) =>
        ChangeAsync(
            db,
            "state = 'posted', approved_by = @by, approved_by_name = @name, approved_at = @at, posting_id = @posting",
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

    public static Task WithdrawAsync(BillingDb db, RefundRequestId id, CancellationToken ct) =>
        ChangeAsync(db, "state = 'withdrawn'", new { id = id.Value }, ct);

    private static async Task ChangeAsync(BillingDb db, string change, object parameters, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var changed = await connection.ExecuteAsync(
            new CommandDefinition(
                $"update billing.refund_request set {change} where id = @id and state = 'requested'",
                parameters,
                db.Transaction,
                cancellationToken: ct
            )
        );
        if (changed != 1)
            throw new InvalidOperationException("The request is no longer in the state that was read under the lock of its account.");
    }

    private static async Task<IReadOnlyList<RefundRequest>> ReadAsync(BillingDb db, string where, object parameters, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition(
                $"""
                select r.id, r.account_id as AccountId, a.member_number as MemberNumber, a.name as MemberName, r.amount, r.paid_on as PaidOn, r.note, r.state,
                       r.requested_by as RequestedBy, r.requested_by_name as RequestedByName, r.requested_at as RequestedAt
                  from billing.refund_request r join billing.account a on a.id = r.account_id
                 where {where} order by r.requested_at, r.id
                """,
                parameters,
                db.Transaction,
                cancellationToken: ct
            )
        );
        return [.. rows.Select(r => r.ToRequest())];
    }

    private sealed class Row
    {
        public Guid Id { get; init; }
        public Guid AccountId { get; init; }
        public required string MemberNumber { get; init; }
        public required string MemberName { get; init; }
        public decimal Amount { get; init; }
        public DateOnly PaidOn { get; init; }
        public required string Note { get; init; }
        public required string State { get; init; }
        public Guid RequestedBy { get; init; }
        public required string RequestedByName { get; init; }
        public DateTime RequestedAt { get; init; }

        public RefundRequest ToRequest() =>
            new(
                new RefundRequestId(Id),
                new AccountId(AccountId),
                MemberNumber,
                MemberName,
                new Money(Amount),
                PaidOn,
                Note,
                EnumText.Parse<RefundState>(State),
                new UserId(RequestedBy),
                RequestedByName,
                RequestedAt
            );
    }
}
