using Association.Office.Contracts;
using Association.Platform.Data;
using Association.Platform.Web.Modules;
using Dapper;

namespace Association.Office.Setup;

/// <summary>Takes the people of <see cref="DemoPeople"/> out; the note is a schema, which is there before any table is.</summary>
internal sealed class DemoRemoval(OfficeDatabase database) : IDemoRemoval
{
    public Task NoteAsync(bool wished, CancellationToken ct) =>
        ExecuteAsync(
            $"""
            do $$ begin
              if to_regclass('platform.installation') is not null then -- a condition of its own: one that names the table is not even planned without it
                if exists (select from platform.installation) then return; end if;
              end if;
              {(wished ? "create schema if not exists demo_removal;" : "drop schema if exists demo_removal;")}
            end $$
            """,
            ct
        );

    public async Task<int> FinishAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        if (await connection.ExecuteScalarAsync<string?>(new CommandDefinition("select to_regnamespace('demo_removal')::text", cancellationToken: ct)) is null)
            return 0;
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var removed = await connection.ExecuteAsync(
            new CommandDefinition(
                "delete from identity.person where id = any(@ids)",
                new { ids = DemoPeople.All.Select(p => p.Id.Value).ToArray() },
                cancellationToken: ct
            )
        );
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                update platform.installation set kind = 'own', demo_data = case demo_data when 'wished' then 'none' else demo_data end where kind = 'demo';
                drop schema if exists demo_removal;
                """,
                cancellationToken: ct
            )
        );
        await transaction.CommitAsync(ct);
        return removed;
    }

    private async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition(sql, cancellationToken: ct));
    }
}
