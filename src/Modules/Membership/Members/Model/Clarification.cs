using Association.Membership.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Association.Membership.Members.Model;

/// <summary>What is to be clarified; the kinds are the groups on <em>Heute</em>.</summary>
internal enum ClarificationKind
{
    /// <summary>„Rechnung an Träger“: who and where?</summary>
    BillingRecipient,

    /// <summary>„Beitrag ermäßigt lt. Vorstand 12.3.19“: by how much, until when?</summary>
    Reduction,

    /// <summary>„zahlt immer per Überweisung“ beside a mandate.</summary>
    PaymentRoute,

    /// <summary>„bitte KEINE Post“.</summary>
    NoPost,

    Iban,
    Mandate,
    Email,
    BuyerReference,
    Address,
    EntryDate,
    ExitDate,
    InputValue,
    PriorDues,
    Category,
    Contact,

    /// <summary>A row that looks like a member already known and was not taken over.</summary>
    Duplicate,

    /// <summary>A remark that nobody interpreted.</summary>
    Remark,
}

internal enum ClarificationState
{
    Open,
    Done,
}

/// <summary>Something an import (or a person) left open about a member.</summary>
internal sealed class Clarification
{
    public required ClarificationId Id { get; init; }

    /// <summary>Null: the row was not taken over.</summary>
    public MemberId? MemberId { get; init; }

    public required ClarificationKind Kind { get; init; }

    /// <summary>What is unclear, for a person: a stored text, or a German sentence of an earlier release.</summary>
    public required string Text { get; init; }

    /// <summary>What the cell said.</summary>
    public string Value { get; init; } = "";

    /// <summary>The file.</summary>
    public string Source { get; init; } = "";

    /// <summary>Row in the file, from 1.</summary>
    public int? SourceRow { get; init; }

    public Guid? ImportId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public ClarificationState State { get; private set; }
    public string? Resolution { get; private set; }
    public Guid? ResolvedBy { get; private set; }
    public string? ResolvedByName { get; private set; }
    public DateTimeOffset? ResolvedAt { get; private set; }
    public uint Version { get; private set; }

    /// <summary>Done: says how, by whom and when.</summary>
    public void Resolve(string resolution, Guid? by, string byName, DateTimeOffset at) =>
        (State, Resolution, ResolvedBy, ResolvedByName, ResolvedAt) = (ClarificationState.Done, resolution, by, byName, at);

    internal sealed class Mapping : IEntityTypeConfiguration<Clarification>
    {
        public void Configure(EntityTypeBuilder<Clarification> builder)
        {
            builder.Property(c => c.Version).IsRowVersion();
            builder.HasOne<Member>().WithMany().HasForeignKey(c => c.MemberId);
        }
    }
}
