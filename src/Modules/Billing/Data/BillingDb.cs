using Association.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Association.Billing.Data;

/// <summary>The books are written by COPY and read by SQL. Mapped is what is not the books: what waits for a second person.</summary>
internal sealed class BillingDb(DbContextOptions<BillingDb> options) : ModuleDbContext(options, SchemaName)
{
    public const string SchemaName = "billing";
}
