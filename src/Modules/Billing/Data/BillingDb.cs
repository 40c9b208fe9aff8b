using Association.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Association.Billing.Data;

internal sealed class BillingDb(DbContextOptions<BillingDb> options) : ModuleDbContext(options, SchemaName)
{
    public const string SchemaName = "billing";
}
