using Association.Membership.Members.Model;
using Association.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Association.Membership.Data;

internal sealed class MembershipDb(DbContextOptions<MembershipDb> options) : ModuleDbContext(options, SchemaName)
{
    public const string SchemaName = "membership";

    public DbSet<Category> Categories => Set<Category>();
    public DbSet<Member> Members => Set<Member>();
    public DbSet<Contact> Contacts => Set<Contact>();
    public DbSet<ContactFunction> Functions => Set<ContactFunction>();
    public DbSet<InputValue> InputValues => Set<InputValue>();
    public DbSet<PriorDues> PriorDues => Set<PriorDues>();
    public DbSet<Clarification> Clarifications => Set<Clarification>();
}
