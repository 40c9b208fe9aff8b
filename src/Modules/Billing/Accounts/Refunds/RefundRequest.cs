using Association.Billing.Data;
using Association.Platform.Data.Approvals;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

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

    /// <summary>Given up, or refused.</summary>
    Withdrawn,
}

/// <summary>A refund that needs or needed a second person. At most one waits an account.</summary>
internal sealed class RefundRequest : INeedsApproval
{
    public required RefundRequestId Id { get; init; }
    public required AccountId AccountId { get; init; }
    public NamedAccount Account { get; private set; } = null!;
    public required Money Amount { get; init; }

    /// <summary>The day of the transfer as asked for.</summary>
    public required DateOnly PaidOn { get; init; }
    public required string Note { get; init; }
    public RefundState State { get; private set; }
    public required Approval Approval { get; init; }
    public PostingId? PostingId { get; private set; }
    public uint Version { get; private set; }

    public void Post(PostingId posting) => (PostingId, State) = (posting, RefundState.Posted);

    public void GiveUp() => State = RefundState.Withdrawn;

    internal sealed class Mapping : IEntityTypeConfiguration<RefundRequest>
    {
        public void Configure(EntityTypeBuilder<RefundRequest> builder)
        {
            builder.Property(r => r.Version).IsRowVersion();
            builder.HasApproval(r => r.Approval);
            builder.HasOne(r => r.Account).WithMany().HasForeignKey(r => r.AccountId);
            builder.Navigation(r => r.Account).AutoInclude();
        }
    }
}

/// <summary>The refund of an account that was asked for last, in whatever state; null when there is none.</summary>
/// <param name="Member">The member's number.</param>
/// <param name="Id">This one; null for the last one.</param>
[Permission(BillingModule.ReadLedger)]
internal sealed record ReadRefundRequest(string Member, RefundRequestId? Id = null) : IQuery<RefundRequest?>;

internal static class ReadRefundRequestHandler
{
    public static async Task<RefundRequest?> HandleAsync(ReadRefundRequest query, BillingDb db, CancellationToken ct)
    {
        if (query.Id is { } id)
            return await db.Set<RefundRequest>().SingleOrDefaultAsync(r => r.Id == id, ct);
        var account = await NamedAccount.OfMemberAsync(db, query.Member, ct);
        return account is null
            ? null
            : await db.Set<RefundRequest>().Where(r => r.AccountId == account).OrderByDescending(r => r.Approval.AskedAt).FirstOrDefaultAsync(ct);
    }
}

/// <summary>The refunds that wait for a second person, the oldest first.</summary>
/// <param name="RefusedSince">Also those that were refused since and not asked for anew; null: none.</param>
[Permission(BillingModule.ReadLedger)]
internal sealed record ListRefundRequests(DateTimeOffset? RefusedSince = null) : IQuery<IReadOnlyList<RefundRequest>>;

internal static class ListRefundRequestsHandler
{
    public static async Task<IReadOnlyList<RefundRequest>> HandleAsync(ListRefundRequests query, BillingDb db, CancellationToken ct) =>
        await db.Set<RefundRequest>()
            .Where(r =>
                r.State == RefundState.Requested
                || (
                    r.Approval.Refusal != null
                    && r.Approval.EndedAt > query.RefusedSince
                    && !db.Set<RefundRequest>().Any(n => n.AccountId == r.AccountId && n.Approval.AskedAt > r.Approval.AskedAt)
                )
            )
            .OrderBy(r => r.Approval.AskedAt)
            .ThenBy(r => r.Id)
            .ToListAsync(ct);
}
