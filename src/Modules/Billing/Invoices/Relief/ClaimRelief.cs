using Association.Billing.Data;
using Association.Billing.Ledger;
using Association.Platform.Data.Approvals;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

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
internal sealed class ClaimRelief : INeedsApproval
{
    public required ReliefId Id { get; init; }
    public required InvoiceId? InvoiceId { get; init; }
    public required ItemId? ItemId { get; init; }
    public NamedInvoice? Invoice { get; private set; }
    public NamedItem? Item { get; private set; }
    public required ReliefKind Kind { get; init; }
    public required Money Amount { get; init; }
    public required string ResolvedBy { get; init; }
    public required DateOnly ResolvedOn { get; init; }
    public required string Resolution { get; init; }
    public ReliefState State { get; private set; }
    public required Approval Approval { get; init; }
    public PostingId? PostingId { get; private set; }
    public PostingId? ReversalId { get; private set; }
    public uint Version { get; private set; }

    public string Number => Invoice?.Number ?? Item!.Number;

    public string MemberName => (Invoice?.Account ?? Item!.Account).Name;

    public PostingKind PostingKind => Kind == ReliefKind.Waiver ? PostingKind.Waiver : PostingKind.WriteOff;

    /// <summary>„Vorstand, 12.11.2026: Verein in Auflösung“, for the journal.</summary>
    public string PostingText => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{ResolvedBy}, {ResolvedOn:dd.MM.yyyy}: {Resolution}");

    /// <summary>Name of its state; refused is not withdrawn.</summary>
    public string StateName => Approval.State == ApprovalState.Refused ? nameof(ApprovalState.Refused) : State.ToString();

    public void Post(PostingId posting) => (PostingId, State) = (posting, ReliefState.Posted);

    public void Reverse(PostingId reversal) => (ReversalId, State) = (reversal, ReliefState.Reversed);

    public void GiveUp() => State = ReliefState.Withdrawn;

    internal sealed class Mapping : IEntityTypeConfiguration<ClaimRelief>
    {
        public void Configure(EntityTypeBuilder<ClaimRelief> builder)
        {
            builder.Property(r => r.Version).IsRowVersion();
            builder.HasApproval(r => r.Approval, mayNeedNone: true);
            builder.HasOne(r => r.Invoice).WithMany().HasForeignKey(r => r.InvoiceId);
            builder.HasOne(r => r.Item).WithMany().HasForeignKey(r => r.ItemId);
            builder.Navigation(r => r.Invoice).AutoInclude();
            builder.Navigation(r => r.Item).AutoInclude();
            builder.Ignore(r => r.StateName).Ignore(r => r.Number).Ignore(r => r.MemberName).Ignore(r => r.PostingKind).Ignore(r => r.PostingText);
        }
    }
}

/// <summary>The resolutions on an invoice or an item taken over, the newest first.</summary>
[Permission(BillingModule.ReadInvoices)]
internal sealed record ReadReliefs(string Number) : IQuery<IReadOnlyList<ClaimRelief>>;

internal static class ReadReliefsHandler
{
    public static async Task<IReadOnlyList<ClaimRelief>> HandleAsync(ReadReliefs query, BillingDb db, CancellationToken ct)
    {
        var number = query.Number.Trim().ToUpperInvariant();
        return await db.Set<ClaimRelief>()
            .Where(r => r.Invoice!.Number == number || r.Item!.Number == number)
            .OrderByDescending(r => r.Approval.AskedAt)
            .ToListAsync(ct);
    }
}

/// <summary>The resolutions that wait for a second person, the oldest first.</summary>
/// <param name="RefusedSince">Also those that were refused since and not asked for anew; null: none.</param>
[Permission(BillingModule.ReadInvoices)]
internal sealed record ListRequestedReliefs(DateTimeOffset? RefusedSince = null) : IQuery<IReadOnlyList<ClaimRelief>>;

internal static class ListRequestedReliefsHandler
{
    // Nothing waits on what was cancelled or undone meanwhile.
    public static async Task<IReadOnlyList<ClaimRelief>> HandleAsync(ListRequestedReliefs query, BillingDb db, CancellationToken ct) =>
        await db.Set<ClaimRelief>()
            .Where(r =>
                (
                    r.State == ReliefState.Requested
                    || (
                        r.Approval.Refusal != null
                        && r.Approval.EndedAt > query.RefusedSince
                        && !db.Set<ClaimRelief>().Any(n => n.InvoiceId == r.InvoiceId && n.ItemId == r.ItemId && n.Approval.AskedAt > r.Approval.AskedAt)
                    )
                )
                && (r.ItemId == null || !r.Item!.Undone)
                && !db.Set<NamedInvoice>().Any(c => c.CancelsId != null && c.CancelsId == r.InvoiceId)
            )
            .OrderBy(r => r.Approval.AskedAt)
            .ToListAsync(ct);
}
