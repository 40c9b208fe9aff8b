using Association.Host.Startup;
using Association.Platform.Data;
using Association.Platform.Data.Approvals;
using Association.Platform.Data.Migrations;
using Association.Testing;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Architecture.Tests.Schema;

/// <summary>Every module's mapper fits the schema that its SQL files make.</summary>
public sealed class SchemaTests
{
    [Fact]
    public async Task every_mapper_fits_the_migrated_database()
    {
        var builder = HostComposition.CreateBuilder();
        await using var database = await TestDatabase.MigratedAsync([.. builder.Services.Select(s => s.ImplementationInstance).OfType<SchemaMigrations>()]);
        builder.Configuration["ConnectionStrings:Association"] = database.ConnectionString;
        await using var host = builder.Build(); // composed as it is delivered, and not started
        await using var scope = host.Services.CreateAsyncScope();
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        var mappers = HostComposition.Modules.SelectMany(m => m.Assembly.GetTypes()).Where(t => t.IsSubclassOf(typeof(ModuleDbContext))).ToList();
        mappers.Count.ShouldBeGreaterThan(2);

        var contexts = mappers.Select(m => (ModuleDbContext)scope.ServiceProvider.GetRequiredService(m)).ToList();
        var differences = new List<string>();
        foreach (var context in contexts)
            differences.AddRange(await SchemaComparison.DifferencesAsync(context, connection));
        differences.ShouldBeEmpty();
        (await ApprovalRules.BrokenAsync(contexts, connection)).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_mapper_that_does_not_fit_is_found()
    {
        await using var database = await TestDatabase.EmptyAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var connection = await source.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            create schema odd;
            create table odd.thing (id uuid primary key, title varchar(10) not null, remark text, amount int not null, forgotten text not null);
            """
        );
        await using var db = new OddDb(new DbContextOptionsBuilder<OddDb>().UseNpgsql(source).Options);

        (await SchemaComparison.DifferencesAsync(db, connection)).ShouldBe(
            [
                "odd.gone is mapped, but there is no such table",
                "odd.thing.amount is integer, but mapped as numeric(14,2)",
                "odd.thing.missing is mapped, but there is no such column",
                "odd.thing.remark is null, but mapped as not null",
                "odd.thing.title is character varying(10), but mapped as text",
                "odd.thing.forgotten must have a value, but is not mapped",
            ],
            ignoreOrder: true
        );
    }

    [Fact]
    public async Task a_second_signature_beside_the_one_for_all_is_found()
    {
        await using var database = await TestDatabase.MigratedAsync([new SchemaMigrations("platform", typeof(ModuleDbContext).Assembly, Order: 0)]);
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var connection = await source.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            create schema events;
            create table events.fee_waiver (id uuid primary key);
            create table events.own_way (id uuid primary key, submitted_by uuid, approved_by uuid);
            create table events.by_sql (id uuid primary key, confirmed_by_name text);
            select platform.attach_approval('events.fee_waiver');
            """
        );
        await using var db = new EventsDb(new DbContextOptionsBuilder<EventsDb>().UseNpgsql(source).Options);

        (await ApprovalRules.BrokenAsync([db], connection)).ShouldBe([
            "events.by_sql.confirmed_by_name is not mapped with HasApproval",
            "events.own_way.approved_by is not mapped with HasApproval",
            "events.own_way.submitted_by is not mapped with HasApproval",
            "events.by_sql is not guarded by platform.attach_approval",
            "events.own_way is not guarded by platform.attach_approval",
        ]);
    }

    private sealed class EventsDb(DbContextOptions<EventsDb> options) : ModuleDbContext(options, "events")
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.HasDefaultSchema(Schema);
            modelBuilder.Entity<FeeWaiver>().HasApproval(w => w.Approval, always: false);
            modelBuilder.Entity<OwnWay>();
        }
    }

    private sealed class FeeWaiver
    {
        public Guid Id { get; init; }
        public Approval Approval { get; private init; } = new();
    }

    private sealed class OwnWay
    {
        public Guid Id { get; init; }
        public Guid? SubmittedBy { get; init; }
        public Guid? ApprovedBy { get; init; }
    }

    private sealed class OddDb(DbContextOptions<OddDb> options) : ModuleDbContext(options, "odd")
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.HasDefaultSchema(Schema); // without the mappings of this assembly
            modelBuilder.Entity<Thing>();
            modelBuilder.Entity<Gone>();
        }
    }

    private sealed class Thing
    {
        public Guid Id { get; init; }
        public required string Title { get; init; }
        public required string Remark { get; init; }
        public Platform.Data.Kernel.Money Amount { get; init; }
        public int? Missing { get; init; }
    }

    private sealed class Gone
    {
        public Guid Id { get; init; }
    }
}
