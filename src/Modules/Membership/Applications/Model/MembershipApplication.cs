using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Platform.Data.Approvals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Association.Membership.Applications.Model;

/// <summary>How far an application is.</summary>
internal enum ApplicationState
{
    /// <summary>The office looks at it.</summary>
    New,

    /// <summary>The board is to decide.</summary>
    Waiting,

    /// <summary>The applicant is a member.</summary>
    Accepted,

    /// <summary>The board did not accept it, and said why.</summary>
    Refused,

    /// <summary>The applicant does not want it any more.</summary>
    Withdrawn,
}

/// <summary>An application for membership. What was typed stays; the office corrects beside it; who accepts is not who submitted it.</summary>
internal sealed class MembershipApplication : INeedsApproval
{
    /// <summary>Of the form that was sent: sent twice, it is one application.</summary>
    public required Guid Id { get; init; }

    /// <summary>„Antrag 12“.</summary>
    public int Number { get; private set; }

    /// <summary>As it was sent.</summary>
    public required ApplicationForm Typed { get; init; }

    /// <summary>As it stands.</summary>
    public required ApplicationForm Form { get; set; }

    /// <summary>Code, of <see cref="Form"/>.</summary>
    public required string Category { get; set; }

    public required IReadOnlyList<Consent> Consents { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public DateTimeOffset? CorrectedAt { get; set; }
    public string? CorrectedBy { get; set; }

    /// <summary>The office submits it, the board agrees.</summary>
    public Approval Approval { get; init; } = new();

    public MemberId? MemberId { get; private set; }
    public Guid? WelcomeLetterId { get; private set; }
    public string? ResolvedBy { get; private set; }
    public DateOnly? ResolvedOn { get; private set; }

    /// <summary>Number and words of the resolution.</summary>
    public string? Resolution { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }
    public string? WithdrawnBy { get; private set; }
    public string? WithdrawnReason { get; private set; }

    /// <summary>Changes with every edit (<c>xmin</c>).</summary>
    public uint Version { get; private set; }

    public ApplicationState State =>
        this switch
        {
            { WithdrawnAt: not null } => ApplicationState.Withdrawn,
            { MemberId: not null } => ApplicationState.Accepted,
            { Approval.State: ApprovalState.Waiting } => ApplicationState.Waiting,
            { Approval.State: ApprovalState.Refused } => ApplicationState.Refused,
            _ => ApplicationState.New,
        };

    public void Accept(MemberId member, string by, DateOnly on, string resolution) =>
        (MemberId, ResolvedBy, ResolvedOn, Resolution) = (member, by, on, resolution);

    public void Welcome(Guid letter) => WelcomeLetterId = letter;

    public void Withdraw(string by, DateTimeOffset at, string reason) => (WithdrawnBy, WithdrawnAt, WithdrawnReason) = (by, at, reason);

    internal sealed class Mapping : IEntityTypeConfiguration<MembershipApplication>
    {
        public void Configure(EntityTypeBuilder<MembershipApplication> builder)
        {
            builder.Property(a => a.Version).IsRowVersion();
            builder.Property(a => a.Number).ValueGeneratedOnAdd();
            builder.Property(a => a.Typed).HasColumnType("jsonb").HasConversion(form => form.Write(), json => ApplicationForm.Read(json));
            builder.Property(a => a.Form).HasColumnType("jsonb").HasConversion(form => form.Write(), json => ApplicationForm.Read(json));
            builder
                .Property(a => a.Consents)
                .HasColumnType("jsonb")
                .HasConversion(
                    consents => Model.Consents.Write(consents),
                    json => Model.Consents.Read(json),
                    new ValueComparer<IReadOnlyList<Consent>>((one, other) => ReferenceEquals(one, other), consents => consents.Count) // never changed
                );
            builder.HasApproval(a => a.Approval, "submitted", always: false);
            builder.Ignore(a => a.State);
            builder.HasOne<Category>().WithMany().HasForeignKey(a => a.Category);
            builder.HasOne<Member>().WithMany().HasForeignKey(a => a.MemberId);
        }
    }
}

/// <summary>Finds applications; whoever changes one holds its row until the transaction ends.</summary>
internal static class FoundApplications
{
    public static async Task<MembershipApplication?> LockAsync(MembershipDb db, int number, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select from membership.membership_application where number = {number} for update", ct);
        return await db.Set<MembershipApplication>().SingleOrDefaultAsync(a => a.Number == number, ct);
    }
}
