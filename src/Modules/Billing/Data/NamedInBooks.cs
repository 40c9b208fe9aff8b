using Association.Platform.Data.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Association.Billing.Data;

/// <summary>An account, as what is asked for about it names it. Read only.</summary>
internal sealed class NamedAccount
{
    public required AccountId Id { get; init; }
    public required string MemberNumber { get; init; }
    public required string Name { get; init; }

    /// <summary>The account of a member; null when there is none.</summary>
    public static Task<AccountId?> OfMemberAsync(BillingDb db, string member, CancellationToken ct)
    {
        var number = member.Trim();
        return db.Set<NamedAccount>().Where(a => a.MemberNumber == number).OrderBy(a => a.Id).Select(a => (AccountId?)a.Id).FirstOrDefaultAsync(ct);
    }
}

/// <summary>An invoice or a cancellation, likewise.</summary>
internal sealed class NamedInvoice
{
    public required InvoiceId Id { get; init; }
    public required string Number { get; init; }
    public required Money Amount { get; init; }

    /// <summary>The invoice that this cancellation takes back.</summary>
    public InvoiceId? CancelsId { get; init; }
    public required AccountId AccountId { get; init; }
    public required NamedAccount Account { get; init; }
}

/// <summary>An item without an invoice, likewise.</summary>
internal sealed class NamedItem
{
    public required ItemId Id { get; init; }
    public required string Number { get; init; }
    public required bool Undone { get; init; }
    public required AccountId AccountId { get; init; }
    public required NamedAccount Account { get; init; }
}

/// <summary>Mapped like views: nothing of it is ever written.</summary>
internal sealed class NamedMapping : IEntityTypeConfiguration<NamedAccount>, IEntityTypeConfiguration<NamedInvoice>, IEntityTypeConfiguration<NamedItem>
{
    public void Configure(EntityTypeBuilder<NamedAccount> builder) => Read(builder, "account");

    public void Configure(EntityTypeBuilder<NamedInvoice> builder)
    {
        Read(builder, "invoice");
        builder.HasOne(i => i.Account).WithMany().HasForeignKey(i => i.AccountId);
        builder.Navigation(i => i.Account).AutoInclude();
    }

    public void Configure(EntityTypeBuilder<NamedItem> builder)
    {
        Read(builder, "item");
        builder.HasOne(o => o.Account).WithMany().HasForeignKey(o => o.AccountId);
        builder.Navigation(o => o.Account).AutoInclude();
    }

    private static void Read<T>(EntityTypeBuilder<T> builder, string table)
        where T : class => builder.ToTable((string?)null).ToView(table, BillingDb.SchemaName);
}
