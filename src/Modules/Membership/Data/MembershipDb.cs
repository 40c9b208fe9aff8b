using Association.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Association.Membership.Data;

/// <summary>The module's schema. Its entities and their mappings lie with the features, whose assembly is scanned for them; this knows none.</summary>
internal sealed class MembershipDb(DbContextOptions<MembershipDb> options) : ModuleDbContext(options, SchemaName)
{
    public const string SchemaName = "membership";
}
