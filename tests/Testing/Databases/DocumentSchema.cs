using Association.Platform.Data;
using Dapper;
using Marten;
using Npgsql;
using Shouldly;

namespace Association.Testing;

/// <summary>Compares what a module's migrations wrote down for its documents with what Marten would make of the same configuration.</summary>
public static class DocumentSchema
{
    private const string Made = "made_by_marten";

    // Marten writes the moment of its making as the default of an event's time, which it never uses: every event brings its own.
    private const string Shape = """
        select regexp_replace(line, '\m' || @schema || '\.', '', 'g') from (
          select c.table_name || '.' || c.column_name || ' ' || c.udt_name || ' ' || c.is_nullable || ' ' || coalesce(regexp_replace(c.column_default,
            '^''\d.*timestamp.*', 'now()'), '') as line, c.table_name as of_table
            from information_schema.columns c where c.table_schema = @schema
          union all
          select indexdef, tablename from pg_indexes where schemaname = @schema
          union all
          select conname || ' ' || pg_get_constraintdef(oid), (select relname from pg_class where pg_class.oid = conrelid) from pg_constraint
            where connamespace = @schema::regnamespace
        ) as shape
         where of_table = any (@tables)
         order by 1
        """;

    /// <summary>Columns, indexes and constraints of streams and documents are alike. What Marten makes beside them (functions, the async daemon's tables) is
    /// not used.</summary>
    public static async Task ShouldHoldTheDocumentsOfAsync(this NpgsqlDataSource database, string schema, Action<StoreOptions> configure)
    {
        using var store = ModuleDocuments.Open(database, Made, configure);
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(JasperFx.AutoCreate.All);
        await using var connection = await database.OpenConnectionAsync();
        string[] tables =
        [
            .. await connection.QueryAsync<string>(
                """
                select tablename from pg_tables
                 where schemaname = @Made and (tablename in ('mt_streams', 'mt_events') or tablename like 'mt\_doc\_%'
                   and tablename <> 'mt_doc_deadletterevent')
                """,
                new { Made }
            ),
        ];
        var ours = (await connection.QueryAsync<string>(Shape, new { schema, tables })).AsList();
        var theirs = (await connection.QueryAsync<string>(Shape, new { schema = Made, tables })).AsList();
        ours.ShouldBe(theirs, $"\n+ {string.Join("\n+ ", theirs.Except(ours))}\n- {string.Join("\n- ", ours.Except(theirs))}");
    }
}
