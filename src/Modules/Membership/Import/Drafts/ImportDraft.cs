using System.Text.Json;
using Association.Membership.Data;
using Association.Membership.Import.Mapping;
using Association.Membership.Import.Preview;
using Association.Platform.Data.Users;
using Dapper;

namespace Association.Membership.Import.Drafts;

/// <summary>An upload on its way from file to import. Belongs to the person who uploaded it.</summary>
internal sealed record ImportDraft(Guid Id, ListUpload Upload, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, Guid? Import)
{
    /// <summary>How long an upload waits for its import.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(14);

    /// <summary>The person's own draft; null when there is none (any more), or it is somebody else's.</summary>
    public static async Task<ImportDraft?> ReadAsync(MembershipDb db, Guid id, CurrentUser user, bool forUpdate, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            new CommandDefinition(
                $"""
                select id, file_name as FileName, bytes, columns::text as Columns, categories::text as Categories, cells::text as Cells,
                  own_members as OwnMembers,
                       created_at as CreatedAt, expires_at as ExpiresAt, import_id as ImportId
                  from membership.import_draft where id = @id and owner = @owner {(forUpdate ? "for update" : "")}
                """,
                new { id, owner = user.Actor.Id?.Value },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return row?.ToDraft();
    }

    private sealed class Row
    {
        public Guid Id { get; init; }
        public string FileName { get; init; } = "";
        public byte[] Bytes { get; init; } = [];
        public string Columns { get; init; } = "";
        public string Categories { get; init; } = "";
        public string Cells { get; init; } = "";
        public int[] OwnMembers { get; init; } = [];
        public DateTime CreatedAt { get; init; }
        public DateTime ExpiresAt { get; init; }
        public Guid? ImportId { get; init; }

        public ImportDraft ToDraft() =>
            new(
                Id,
                new ListUpload(
                    FileName,
                    Bytes,
                    new MappingChoices(RememberedMappings.Read(Columns), RememberedMappings.Read(Categories)),
                    new RowDecisions(RememberedMappings.Read(Cells), OwnMembers.ToHashSet())
                ),
                new DateTimeOffset(CreatedAt, TimeSpan.Zero),
                new DateTimeOffset(ExpiresAt, TimeSpan.Zero),
                ImportId
            );
    }

    public static string Json(IReadOnlyDictionary<string, string> values) => JsonSerializer.Serialize(values);
}
