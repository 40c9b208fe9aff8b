using Association.Membership.Data;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Membership.Import.Applying;

/// <summary>The latest imports, newest first; with an id that one only.</summary>
[Permission(ImportFeature.Read)]
internal sealed record ListImports(Guid? Import = null) : IQuery<IReadOnlyList<PastImport>>;

/// <summary>An import that was done.</summary>
internal sealed class PastImport
{
    public Guid Id { get; init; }
    public string FileName { get; init; } = "";
    public DateOnly AsOf { get; init; }
    public int Rows { get; init; }
    public int Created { get; init; }
    public int Changed { get; init; }
    public int Unchanged { get; init; }
    public int Duplicates { get; init; }
    public int Refused { get; init; }
    public DateTime ImportedAt { get; init; }
    public string ImportedByName { get; init; } = "";
    public DateTime? UndoneAt { get; init; }
    public string? UndoneByName { get; init; }

    /// <summary>Members that it created were charged since: it stays.</summary>
    public bool Charged { get; init; }

    /// <summary>What it left to clarify and nobody has settled yet.</summary>
    public int Open { get; init; }
}

internal static class ListImportsHandler
{
    private const int Latest = 50;

    public static async Task<IReadOnlyList<PastImport>> HandleAsync(ListImports query, MembershipDb db, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        return
        [
            .. await connection.QueryAsync<PastImport>(
                new CommandDefinition(
                    """
                    select i.id, i.file_name as FileName, i.as_of as AsOf, i.rows, i.created, i.changed, i.unchanged, i.duplicates, i.refused,
                           i.imported_at as ImportedAt, i.imported_by_name as ImportedByName, i.undone_at as UndoneAt, i.undone_by_name as UndoneByName,
                           exists (select from membership.import_member n join membership.charge g on g.member_id = n.member_id
                             where n.import_id = i.id and n.before is null) as Charged,
                           (select count(*)::int from membership.clarification c where c.import_id = i.id and c.state = 'open') as Open
                      from membership.import i where @import::uuid is null or i.id = @import order by i.imported_at desc limit @latest
                    """,
                    new { import = query.Import, latest = Latest },
                    db.Transaction,
                    cancellationToken: ct
                )
            ),
        ];
    }
}
