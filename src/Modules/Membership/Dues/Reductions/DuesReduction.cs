using Association.Membership.Contracts;
using Association.Membership.Members.Model;
using Association.Platform.Data.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Association.Membership.Dues.Reductions;

internal readonly record struct ReductionId(Guid Value) : IEntityId<ReductionId>
{
    public static ReductionId From(Guid value) => new(value);

    public static ReductionId New() => EntityIds.New<ReductionId>();
}

internal enum ReductionKind
{
    /// <summary>Ermäßigung durch Beschluss.</summary>
    Resolution,

    /// <summary>Ehrenmitglied: beitragsfrei.</summary>
    Honorary,
}

/// <summary>A reduction of a member's dues for some years, with the resolution behind it; at most one a year.</summary>
internal sealed class DuesReduction
{
    public required ReductionId Id { get; init; }
    public required MemberId MemberId { get; init; }
    public required ReductionKind Kind { get; init; }

    /// <summary>More than 0, at most 100 (beitragsfrei).</summary>
    public required decimal Percent { get; init; }
    public required int FromYear { get; init; }

    /// <summary>That year included; null: without end.</summary>
    public int? ToYear { get; set; }

    /// <summary>„Vorstand“.</summary>
    public required string ResolvedBy { get; init; }
    public required DateOnly ResolvedOn { get; init; }
    public string Note { get; init; } = "";

    internal sealed class Mapping : IEntityTypeConfiguration<DuesReduction>
    {
        public void Configure(EntityTypeBuilder<DuesReduction> builder)
        {
            builder.HasOne<Member>().WithMany().HasForeignKey(r => r.MemberId);
            builder.Property(r => r.Percent).HasPrecision(5, 2);
        }
    }
}
