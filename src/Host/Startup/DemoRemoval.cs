using Association.Platform.Web.Modules;
using Dapper;
using Npgsql;

namespace Association.Host.Startup;

/// <summary>
/// Makes a demo that is restored an installation of one's own: its people, whose passwords everybody knows, are taken out. The wish is noted before the restore
/// begins, so that one which is killed between the two is finished by the next that opens the database.
/// </summary>
internal sealed class DemoRemoval(NpgsqlDataSource database)
{
    /// <summary>Notes that what is restored next becomes an own installation, or that it stays what it is. On a database in use the note stays as it is.</summary>
    public Task NoteAsync(bool wished, CancellationToken ct) => ExecuteAsync(
        $"""
        do $$ begin
          if to_regclass('platform.installation') is null or not exists (select from platform.installation) then
            {(wished ? "create schema if not exists demo_removal;" : "drop schema if exists demo_removal;")}
          end if;
        end $$
        """, ct);

    /// <summary>Does what was noted; without a note nothing.</summary>
    /// <returns>How many people of the demo were taken out. What they did stays in the history under their names.</returns>
    public async Task<int> FinishAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        if (await connection.ExecuteScalarAsync<string?>(new CommandDefinition("select to_regnamespace('demo_removal')::text", cancellationToken: ct)) is null) return 0;
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var removed = await connection.ExecuteAsync(new CommandDefinition(
            "delete from identity.person where id = any(@ids)", new { ids = DemoPeople.All.Select(p => p.Id.Value).ToArray() }, cancellationToken: ct));
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update platform.installation set kind = 'own', demo_data = case demo_data when 'wished' then 'none' else demo_data end where kind = 'demo';
            drop schema if exists demo_removal;
            """, cancellationToken: ct));
        await transaction.CommitAsync(ct);
        return removed;
    }

    private async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition(sql, cancellationToken: ct));
    }
}
