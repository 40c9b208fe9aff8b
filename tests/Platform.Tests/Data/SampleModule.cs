using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Web.Modules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Platform.Tests.Data;

/// <summary>The smallest module: a table to edit and a book.</summary>
internal sealed class SampleModule : IModule
{
    public string Name => "sample";

    public IReadOnlyList<MenuEntry> Menu => [];

    public IReadOnlyList<Permission> Permissions => [];

    public void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddModuleDb<SampleDb>();
}

internal readonly record struct NoteId(Guid Value) : IEntityId<NoteId>
{
    public static NoteId From(Guid value) => new(value);
}

internal sealed class Note
{
    public NoteId Id { get; init; } = EntityIds.New<NoteId>();
    public required string Title { get; set; }
    public Money Amount { get; set; }
    public uint Version { get; init; }
}

internal sealed class SampleDb(DbContextOptions<SampleDb> options) : ModuleDbContext(options, "sample")
{
    public DbSet<Note> Notes => Set<Note>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Note>().Property(n => n.Version).IsRowVersion();
        base.OnModelCreating(modelBuilder);
    }
}
