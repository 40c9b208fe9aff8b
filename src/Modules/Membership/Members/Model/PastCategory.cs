using Association.Membership.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Association.Membership.Members.Model;

/// <summary>A category that a member had up to a 31 December; dues of the years before still follow it.</summary>
internal sealed class PastCategory
{
    public required MemberId MemberId { get; init; }

    /// <summary>The last day on which it counted.</summary>
    public required DateOnly EndedOn { get; init; }

    /// <summary>Its code.</summary>
    public required string Category { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<PastCategory>
    {
        public void Configure(EntityTypeBuilder<PastCategory> builder)
        {
            builder.HasKey(p => new { p.MemberId, p.EndedOn });
            builder.HasOne<Member>().WithMany().HasForeignKey(p => p.MemberId);
        }
    }
}
