using System.Reflection;
using System.Text;
using Association.Platform.Data.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Npgsql;

namespace Association.Platform.Data;

/// <summary>
/// The mapper of one module onto its own schema. The schema itself comes from the module's SQL migrations
/// (<c>Data/Migrations/*.sql</c>); a test compares the two.
/// </summary>
/// <remarks>Names are snake_case, typed ids are <c>uuid</c>, <see cref="Money"/> is <c>numeric(14,2)</c>, enums are snake_case text
/// (<see cref="EnumText"/>).</remarks>
public abstract class ModuleDbContext : DbContext
{
    /// <summary>On the module's schema.</summary>
    protected ModuleDbContext(DbContextOptions options, string schema)
        : base(options)
    {
        Schema = schema;
        Database.AutoSavepointsEnabled = false; // a failed save ends the whole transaction; a savepoint would cost two round trips a save
    }

    /// <summary>The PostgreSQL schema that this module owns.</summary>
    public string Schema { get; }

    /// <summary>The connection of this context, open, for COPY and set-based SQL in the same transaction.</summary>
    public async Task<NpgsqlConnection> ConnectionAsync(CancellationToken ct)
    {
        await Database.OpenConnectionAsync(ct);
        return (NpgsqlConnection)Database.GetDbConnection();
    }

    /// <summary>The running transaction; null outside one.</summary>
    public NpgsqlTransaction? Transaction => Database.CurrentTransaction?.GetDbTransaction() as NpgsqlTransaction;

    /// <summary>Waits until nobody else is at what has this name (<c>billing.opening</c>), and keeps others from it until the transaction ends. What is read
    /// behind it is what the one before committed.</summary>
    public async Task OneAtATimeAsync(string name, CancellationToken ct) =>
        await Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({name}, 0))", ct);

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.ApplyConfigurationsFromAssembly(GetType().Assembly);
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Conventions.Add(_ => new SnakeCaseConvention());
        configurationBuilder.Properties<Money>().HaveConversion<MoneyConverter>().HavePrecision(14, 2);
        foreach (var type in ValueTypes(GetType().Assembly))
        {
            if (type.IsEnum)
                configurationBuilder.Properties(type).HaveConversion(typeof(EnumTextConverter<>).MakeGenericType(type));
            else if (EntityIds.IsEntityId(type))
                configurationBuilder.Properties(type).HaveConversion(typeof(EntityIdConverter<>).MakeGenericType(type));
        }
    }

    private static IEnumerable<Type> ValueTypes(Assembly module) =>
        module
            .GetReferencedAssemblies()
            .Where(a => a.Name!.StartsWith("Association.", StringComparison.Ordinal))
            .Select(Assembly.Load)
            .Append(module)
            .Append(typeof(ModuleDbContext).Assembly)
            .Distinct()
            .SelectMany(a => a.GetTypes())
            .Where(t => t.IsValueType && !t.ContainsGenericParameters);

    private sealed class MoneyConverter() : ValueConverter<Money, decimal>(m => m.Amount, d => new Money(d));

    private sealed class EnumTextConverter<T>() : ValueConverter<T, string>(value => EnumText.Of(value), text => EnumText.Parse<T>(text))
        where T : struct, Enum;

    private sealed class EntityIdConverter<T>() : ValueConverter<T, Guid>(id => id.Value, g => Wrap(g))
        where T : struct, IEntityId<T>
    {
        private static T Wrap(Guid value) => T.From(value); // an expression tree cannot name a static abstract member
    }
}

/// <summary>CLR names become snake_case names, so that hand-written SQL needs no quotes.</summary>
internal sealed class SnakeCaseConvention : Microsoft.EntityFrameworkCore.Metadata.Conventions.IModelFinalizingConvention
{
    public void ProcessModelFinalizing(
        Microsoft.EntityFrameworkCore.Metadata.Builders.IConventionModelBuilder modelBuilder,
        Microsoft.EntityFrameworkCore.Metadata.Conventions.IConventionContext<Microsoft.EntityFrameworkCore.Metadata.Builders.IConventionModelBuilder> context
    )
    {
        foreach (var entity in modelBuilder.Metadata.GetEntityTypes())
        {
            if (entity.IsMappedToJson())
                continue; // its properties are keys in a document, not columns
            if (entity.GetTableNameConfigurationSource() != ConfigurationSource.Explicit && entity.BaseType is null && !entity.IsOwned())
                entity.SetTableName(SnakeCase.Of(entity.ClrType.Name));
            foreach (var property in entity.GetProperties())
                if (property.GetColumnNameConfigurationSource() is null or ConfigurationSource.Convention)
                    property.SetColumnName(SnakeCase.Of(property.GetColumnName()));
        }
    }
}

/// <summary>Names as SQL writes them.</summary>
public static class SnakeCase
{
    /// <summary><c>JoinedOn</c> becomes <c>joined_on</c>.</summary>
    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (
                i > 0
                && char.IsUpper(name[i])
                && (char.IsLower(name[i - 1]) || char.IsDigit(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]) && name[i - 1] != '_'))
            )
                text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }
}
