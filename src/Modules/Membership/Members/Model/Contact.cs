using Association.Membership.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Association.Membership.Members.Model;

internal enum Salutation
{
    None,
    Ms,
    Mr,
}

/// <summary>A person who acts for a member. Has no address: a contact never changes where the organisation's post goes.</summary>
internal sealed class Contact
{
    public required ContactId Id { get; init; }
    public required MemberId MemberId { get; init; }
    public Salutation Salutation { get; set; }

    /// <summary>„Dr. Nora Groß“.</summary>
    public required string Name { get; set; }

    public string? Email { get; set; }
    public string? Phone { get; set; }
    public uint Version { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Contact>
    {
        public void Configure(EntityTypeBuilder<Contact> builder)
        {
            builder.Property(c => c.Version).IsRowVersion();
            builder.HasOne<Member>().WithMany().HasForeignKey(c => c.MemberId);
        }
    }
}
