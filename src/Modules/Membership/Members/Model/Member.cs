using Association.Membership.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Association.Membership.Members.Model;

internal enum MemberKind
{
    Organisation,
    Person,
}

internal enum LeavingReason
{
    Resignation,
    Exclusion,
    Death,
    Dissolution,
}

internal sealed class Member
{
    public required MemberId Id { get; init; }

    /// <summary>Mitgliedsnummer, unique, as the office writes it.</summary>
    public required string Number { get; set; }

    public required MemberKind Kind { get; set; }

    /// <summary>„Waldkrankenhaus Lebach gGmbH“; a person as „Hürter, Katrin“.</summary>
    public required string Name { get; set; }

    /// <summary>Code of the category until <see cref="NextCategoryOn"/>.</summary>
    public required string Category { get; set; }

    /// <summary>The category from <see cref="NextCategoryOn"/> on, always a 1 January; both or neither.</summary>
    public string? NextCategory { get; set; }

    public DateOnly? NextCategoryOn { get; set; }

    /// <summary>Null: nobody knows any more; liable as a member of long standing.</summary>
    public DateOnly? JoinedOn { get; set; }

    /// <summary>The last day of membership.</summary>
    public DateOnly? LeftOn { get; set; }

    public LeavingReason? LeftReason { get; set; }

    /// <summary>When the notice arrived: what the period of notice counts by.</summary>
    public DateOnly? NoticeReceivedOn { get; set; }

    public Address Address { get; set; } = Address.Unknown;

    /// <summary>Null: documents go to <see cref="Address"/>.</summary>
    public BillingRecipient? Billing { get; set; }

    /// <summary><c>de</c>, <c>fr</c> or <c>en</c>.</summary>
    public string Language { get; set; } = "de";

    public string? Email { get; set; }
    public string? Phone { get; set; }

    /// <summary>Nothing on paper.</summary>
    public bool NoPost { get; set; }

    /// <summary>Without blanks.</summary>
    public string? Iban { get; set; }

    public string? MandateReference { get; set; }
    public DateOnly? MandateSignedOn { get; set; }

    /// <summary>Direct debit only with IBAN, mandate reference and date of signature.</summary>
    public PaymentRoute PaymentRoute { get; set; }

    /// <summary>Leitweg-ID, order number or Kassenzeichen.</summary>
    public string? BuyerReference { get; set; }

    public string Remark { get; set; } = "";

    /// <summary>Changes with every edit (<c>xmin</c>).</summary>
    public uint Version { get; private set; }

    /// <summary>Whether a direct debit may be drawn.</summary>
    public bool HasMandate => Iban is not null && MandateReference is not null && MandateSignedOn is not null;

    /// <summary>The category that counts on a day.</summary>
    public string CategoryOn(DateOnly day) => NextCategoryOn <= day ? NextCategory! : Category;

    internal sealed class Mapping : IEntityTypeConfiguration<Member>
    {
        public void Configure(EntityTypeBuilder<Member> builder)
        {
            builder.Property(m => m.Version).IsRowVersion();
            builder.ComplexProperty(
                m => m.Address,
                a =>
                {
                    a.Property(p => p.Addition).HasColumnName("addition");
                    a.Property(p => p.Street).HasColumnName("street");
                    a.Property(p => p.PostalCode).HasColumnName("postal_code");
                    a.Property(p => p.Town).HasColumnName("town");
                    a.Property(p => p.Country).HasColumnName("country");
                }
            );
            builder.ComplexProperty(
                m => m.Billing,
                b =>
                {
                    b.Property(p => p.Name).HasColumnName("billing_name");
                    b.Property(p => p.Addition).HasColumnName("billing_addition");
                    b.Property(p => p.Street).HasColumnName("billing_street");
                    b.Property(p => p.PostalCode).HasColumnName("billing_postal_code");
                    b.Property(p => p.Town).HasColumnName("billing_town");
                    b.Property(p => p.Country).HasColumnName("billing_country");
                    b.Property(p => p.Email).HasColumnName("billing_email");
                }
            );
            builder.HasOne<Category>().WithMany().HasForeignKey(m => m.Category);
        }
    }
}
