using Association.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Association.Membership.Data;

internal sealed class MembershipDb(DbContextOptions<MembershipDb> options) : ModuleDbContext(options, SchemaName)
{
    public const string SchemaName = "membership";
}
