using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Association.Membership.Members.Notes;

internal readonly record struct MemberNoteId(Guid Value) : IEntityId<MemberNoteId>
{
    public static MemberNoteId From(Guid value) => new(value);

    public static MemberNoteId New() => EntityIds.New<MemberNoteId>();
}

/// <summary>What was noted down.</summary>
internal enum NoteKind
{
    Call,
    Visit,
    Letter,
    Email,
    Other,
}

/// <summary>What somebody of the office noted about a member. It is withdrawn with a reason, never erased; earlier wordings stand in the history.</summary>
internal sealed class MemberNote
{
    public required MemberNoteId Id { get; init; }
    public required MemberId MemberId { get; init; }
    public required NoteKind NoteKind { get; set; }

    /// <summary>When it happened.</summary>
    public required DateOnly NotedOn { get; set; }

    public required string Note { get; set; }
    public required string WrittenBy { get; init; }

    /// <summary>Null: the command line.</summary>
    public Guid? WrittenById { get; init; }

    public required DateTimeOffset WrittenAt { get; init; }
    public string? WithdrawnBy { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }
    public string? WithdrawnReason { get; private set; }

    /// <summary>Changes with every edit (<c>xmin</c>).</summary>
    public uint Version { get; private set; }

    public bool IsWithdrawn => WithdrawnAt is not null;

    public void Withdraw(string reason, string by, DateTimeOffset at) => (WithdrawnReason, WithdrawnBy, WithdrawnAt) = (reason, by, at);

    internal sealed class Mapping : IEntityTypeConfiguration<MemberNote>
    {
        public void Configure(EntityTypeBuilder<MemberNote> builder) => builder.Property(n => n.Version).IsRowVersion();
    }
}
