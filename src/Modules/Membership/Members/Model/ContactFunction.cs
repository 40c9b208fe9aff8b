using Association.Membership.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Association.Membership.Members.Model;

/// <summary>What a contact does for the member.</summary>
internal enum FunctionKind
{
    /// <summary>Ansprechpartner.</summary>
    Contact,

    /// <summary>Geschäftsführung.</summary>
    Management,

    /// <summary>Vorstand.</summary>
    Board,

    /// <summary>Verwaltung.</summary>
    Administration,

    /// <summary>Buchhaltung.</summary>
    Accounting,

    /// <summary>Rechnungskontakt: one at a time.</summary>
    Billing,

    /// <summary>Stimmberechtigt: one at a time.</summary>
    Voting,

    /// <summary>Vertretung.</summary>
    Deputy,

    /// <summary>Öffentlichkeitsarbeit.</summary>
    PublicRelations,

    /// <summary>Anything else; <see cref="ContactFunction.Title"/> says what.</summary>
    Other,
}

/// <summary>A function that a contact holds from a day to a day; it counts until the end of its last day.</summary>
internal sealed class ContactFunction
{
    public required ContactFunctionId Id { get; init; }
    public required ContactId ContactId { get; init; }
    public required MemberId MemberId { get; init; }
    public required FunctionKind Kind { get; init; }

    /// <summary>What it is called there: „Geschäftsführerin“; may be empty.</summary>
    public string Title { get; set; } = "";

    /// <summary>Null: for as long as anybody remembers.</summary>
    public DateOnly? ValidFrom { get; set; }

    /// <summary>The last day; null: open.</summary>
    public DateOnly? ValidTo { get; set; }

    public uint Version { get; private set; }

    /// <summary>Whether the function counts on a day.</summary>
    public bool IsValidOn(DateOnly day) => !(ValidFrom > day) && !(ValidTo < day);

    internal sealed class Mapping : IEntityTypeConfiguration<ContactFunction>
    {
        public void Configure(EntityTypeBuilder<ContactFunction> builder)
        {
            builder.Property(f => f.Version).IsRowVersion();
            builder.HasOne<Contact>().WithMany().HasForeignKey(f => f.ContactId);
        }
    }
}
