using Association.Membership.Contracts;
using Association.Membership.Members.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Association.Membership.Members.References;

/// <summary>Under which references a member's recipient wants the invoices of a dues year. A year without a row prints what stands with the member.</summary>
internal sealed class YearReferences
{
    public required MemberId MemberId { get; init; }

    /// <summary>Dues year.</summary>
    public required int Year { get; init; }

    /// <summary>The recipient's order number; null without.</summary>
    public string? PurchaseOrder { get; set; }

    /// <summary>Kassenzeichen or another sign of the recipient; null without.</summary>
    public string? CashReference { get; set; }

    /// <summary>Of a public body, checked; null without.</summary>
    public string? LeitwegId { get; set; }

    public uint Version { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<YearReferences>
    {
        public void Configure(EntityTypeBuilder<YearReferences> builder)
        {
            builder.HasKey(r => new { r.MemberId, r.Year });
            builder.Property(r => r.Version).IsRowVersion();
            builder.HasOne<Member>().WithMany().HasForeignKey(r => r.MemberId);
        }
    }
}
