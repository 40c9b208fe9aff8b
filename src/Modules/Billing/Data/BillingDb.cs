using Association.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Association.Billing.Data;

internal sealed class BillingDb(DbContextOptions<BillingDb> options) : ModuleDbContext(options, SchemaName)
{
    public const string SchemaName = "billing";

    // The books are written by COPY and read by SQL: nothing is mapped, and nothing is scanned for.
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.HasDefaultSchema(SchemaName);
}
