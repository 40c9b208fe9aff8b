using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Association.Membership.Members.Model;

/// <summary>Where a value comes from.</summary>
internal enum ValueSource
{
    /// <summary>Selbstauskunft of the member.</summary>
    SelfDeclaration,

    /// <summary>An imported list.</summary>
    List,

    /// <summary>A public register (Krankenhausplan, statistical office).</summary>
    Register,

    /// <summary>Typed by the office, for example after a call.</summary>
    Office,
}

/// <summary>Beds, staff or inhabitants as of a day; one value a member, measure and day.</summary>
internal sealed class InputValue
{
    public required InputValueId Id { get; init; }
    public required MemberId MemberId { get; init; }
    public required Measure Measure { get; init; }

    /// <summary>A count, 0 … 99,999,999.</summary>
    public required int Value { get; set; }

    /// <summary>Stichtag.</summary>
    public required DateOnly AsOf { get; init; }

    public required ValueSource Source { get; set; }

    /// <summary>„Mitgliederliste, Zeile 14“: a <see cref="Platform.Data.StoredText"/>, or what a person typed; may be empty.</summary>
    public string SourceNote { get; set; } = "";

    public required DateTimeOffset RecordedAt { get; set; }

    /// <summary>The dues year for which the office accepted this value although its day is not the regulation's; null: not needed or not accepted.</summary>
    public int? AcceptedForYear { get; private set; }

    public Guid? AcceptedBy { get; private set; }
    public string? AcceptedByName { get; private set; }
    public DateTimeOffset? AcceptedAt { get; private set; }
    public uint Version { get; private set; }

    /// <summary>Accepts this value for the dues of a year.</summary>
    public void Accept(int year, Guid by, string byName, DateTimeOffset at) =>
        (AcceptedForYear, AcceptedBy, AcceptedByName, AcceptedAt) = (year, by, byName, at);

    internal sealed class Mapping : IEntityTypeConfiguration<InputValue>
    {
        public void Configure(EntityTypeBuilder<InputValue> builder)
        {
            builder.Property(v => v.Version).IsRowVersion();
            builder.HasOne<Member>().WithMany().HasForeignKey(v => v.MemberId);
        }
    }
}

/// <summary>What a member paid for a year before this product kept the books.</summary>
internal sealed class PriorDues
{
    public required MemberId MemberId { get; init; }
    public required int Year { get; init; }
    public required Money Amount { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<PriorDues>
    {
        public void Configure(EntityTypeBuilder<PriorDues> builder)
        {
            builder.HasKey(d => new { d.MemberId, d.Year });
            builder.HasOne<Member>().WithMany().HasForeignKey(d => d.MemberId);
        }
    }
}
