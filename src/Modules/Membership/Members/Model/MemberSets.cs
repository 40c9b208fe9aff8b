using Association.Membership.Data;
using Microsoft.EntityFrameworkCore;

namespace Association.Membership.Members.Model;

/// <summary>What is kept of members, as sets of the module's schema.</summary>
internal static class MemberSets
{
    extension(MembershipDb db)
    {
        public DbSet<Category> Categories => db.Set<Category>();
        public DbSet<Member> Members => db.Set<Member>();
        public DbSet<Contact> Contacts => db.Set<Contact>();
        public DbSet<ContactFunction> Functions => db.Set<ContactFunction>();
        public DbSet<InputValue> InputValues => db.Set<InputValue>();
        public DbSet<PriorDues> PriorDues => db.Set<PriorDues>();
        public DbSet<Clarification> Clarifications => db.Set<Clarification>();
    }
}
