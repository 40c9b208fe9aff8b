using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Kinds;
using Association.Membership.Dues.Regulation;
using Association.Membership.Members.Model;
using Association.Platform.Data.Approvals;
using Association.Platform.Data.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Association.Membership.Dues.Corrections;

internal enum CorrectionState
{
    /// <summary>A second person is to agree; nothing has changed yet.</summary>
    Requested,

    /// <summary>The charge is replaced; Billing cancels and issues.</summary>
    Released,

    /// <summary>Cancellation and new invoice are issued.</summary>
    Done,

    /// <summary>Given up before it was released.</summary>
    Withdrawn,
}

/// <summary>„Falsch berechnet“: a charge and its invoice are replaced by what the member's present data come to. At most one live one a charge.</summary>
internal sealed class DuesCorrection : INeedsApproval
{
    public required CorrectionId Id { get; init; }
    public required ChargeId ChargeId { get; init; }
    public required MemberId MemberId { get; init; }
    public required DuesKind Kind { get; init; }
    public required int Year { get; init; }

    /// <summary>Number of the wrong invoice.</summary>
    public required string Invoice { get; init; }

    /// <summary>Printed on the cancellation.</summary>
    public required string Reason { get; init; }
    public required DuesRegulationId RegulationId { get; init; }

    /// <summary>Under which an admission fee or a levy was charged, and is charged anew; null for the annual dues.</summary>
    public DuesTerms? Terms { get; init; }
    public required Money OldAmount { get; init; }

    /// <summary>Zero: nothing is owed, and no new invoice is issued.</summary>
    public required Money NewAmount { get; init; }
    public CorrectionState State { get; private set; }
    public required Approval Approval { get; init; }
    public ChargeId? ReplacementId { get; private set; }
    public string? Cancellation { get; private set; }
    public string? NewInvoice { get; private set; }
    public Money? SetOff { get; private set; }
    public Money? Credit { get; private set; }
    public DateTimeOffset? DoneAt { get; private set; }
    public uint Version { get; private set; }

    public void Release(ChargeId? replacement) => (ReplacementId, State) = (replacement, CorrectionState.Released);

    public void GiveUp() => State = CorrectionState.Withdrawn;

    public void Complete(string cancellation, string? invoice, Money setOff, Money credit, DateTimeOffset at) =>
        (Cancellation, NewInvoice, SetOff, Credit, DoneAt, State) = (cancellation, invoice, setOff, credit, at, CorrectionState.Done);

    internal sealed class Mapping : IEntityTypeConfiguration<DuesCorrection>
    {
        public void Configure(EntityTypeBuilder<DuesCorrection> builder)
        {
            builder.Property(c => c.Version).IsRowVersion();
            builder.HasApproval(c => c.Approval, mayNeedNone: true);
            builder.Property(c => c.Terms).HasColumnType("jsonb").HasConversion(terms => terms!.Write(), json => DuesTerms.Read(json));
            builder.HasOne<Member>().WithMany().HasForeignKey(c => c.MemberId);
        }
    }
}

/// <summary>Finds corrections; whoever changes one holds its row until the transaction ends.</summary>
internal static class DuesCorrections
{
    public static async Task<DuesCorrection?> LockAsync(MembershipDb db, CorrectionId id, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select from membership.dues_correction where id = {id.Value} for update", ct);
        return await db.Set<DuesCorrection>().SingleOrDefaultAsync(c => c.Id == id, ct);
    }

    /// <summary>The correction of a charge that was asked for last: at most this one is live. Null without.</summary>
    public static Task<DuesCorrection?> LastAsync(MembershipDb db, ChargeId charge, CancellationToken ct) =>
        db.Set<DuesCorrection>().AsNoTracking().Where(c => c.ChargeId == charge).OrderByDescending(c => c.Approval.AskedAt).FirstOrDefaultAsync(ct);
}
