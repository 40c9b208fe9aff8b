using Association.Platform.Data;
using Association.Platform.Web.Modules;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Messaging.Tests.Trial;

/// <summary>A module that exists to try the bus.</summary>
public sealed class TrialModule : IModule
{
    public const string Write = "trial.things.write";
    public const string Read = "trial.things.read";

    public string Name => "trial";

    public IReadOnlyList<MenuEntry> Menu => [];

    public IReadOnlyList<Permission> Permissions => [new(Write, PermissionKind.Act, Roles.Office), new(Read, PermissionKind.Read, Roles.Office, Roles.Board)];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleDb<TrialDb>();
        services.AddModuleDocuments<TrialModule>("trial", TrialDocuments.Configure);
        services.AddSingleton<Switchboard>();
    }
}

internal sealed class TrialDb(DbContextOptions<TrialDb> options) : ModuleDbContext(options, "trial")
{
    public DbSet<Effect> Effects => Set<Effect>();

    public DbSet<Thing> Things => Set<Thing>();
}

/// <summary>What a handler left behind.</summary>
internal sealed class Effect
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Queue { get; init; }

    public required string Subject { get; init; }
}

internal sealed class EffectMapping : IEntityTypeConfiguration<Effect>
{
    public void Configure(EntityTypeBuilder<Effect> builder) => builder.HasKey(e => e.Id);
}

internal sealed class Thing
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; set; }

    public int Size { get; set; }

    public uint Version { get; init; }
}

internal sealed class ThingMapping : IEntityTypeConfiguration<Thing>
{
    public void Configure(EntityTypeBuilder<Thing> builder) => builder.Property(t => t.Version).IsRowVersion();
}
