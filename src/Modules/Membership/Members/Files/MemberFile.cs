using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Platform.Data.Kernel;
using Dapper;

namespace Association.Membership.Members.Files;

internal readonly record struct MemberFileId(Guid Value) : IEntityId<MemberFileId>
{
    public static MemberFileId From(Guid value) => new(value);
}

/// <summary>A file that the office keeps of a member.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Member">Of whom.</param>
/// <param name="Archived">Its bytes in the archive.</param>
/// <param name="Name">As it is handed out.</param>
/// <param name="Size">In bytes.</param>
/// <param name="KeptBy">Who put it there.</param>
/// <param name="KeptAt">When.</param>
/// <param name="DeletedBy">Who deleted it; null as long as it is kept.</param>
/// <param name="DeletedAt">When.</param>
/// <param name="WentOut">Whether it went out with a letter: then it stays in the archive when it is deleted.</param>
internal sealed record MemberFile(
    MemberFileId Id,
    MemberId Member,
    Guid Archived,
    string Name,
    int Size,
    string KeptBy,
    DateTimeOffset KeptAt,
    string? DeletedBy,
    DateTimeOffset? DeletedAt,
    bool WentOut
)
{
    public bool IsDeleted => DeletedBy is not null;

    /// <summary>All of a member, the newest first; those deleted, too.</summary>
    public static Task<IReadOnlyList<MemberFile>> OfMemberAsync(MembershipDb db, MemberId member, CancellationToken ct) =>
        ReadAsync(db, "where member_id = @id order by kept_at desc, id", member.Value, ct);

    /// <summary>One; null when there is none. In a transaction it is locked.</summary>
    public static async Task<MemberFile?> FindAsync(MembershipDb db, MemberFileId id, CancellationToken ct) =>
        (await ReadAsync(db, $"where id = @id {(db.Transaction is null ? "" : "for no key update")}", id.Value, ct)).SingleOrDefault();

    private static async Task<IReadOnlyList<MemberFile>> ReadAsync(MembershipDb db, string which, Guid id, CancellationToken ct)
    {
        var rows = await (await db.ConnectionAsync(ct)).QueryAsync<(
            Guid Id,
            Guid Member,
            Guid Archived,
            string Name,
            int Size,
            string KeptBy,
            DateTime KeptAt,
            string? DeletedBy,
            DateTime? DeletedAt,
            bool WentOut
        )>(
            new CommandDefinition(
                $"""
                select id, member_id, archive_file_id, name, size, kept_by, kept_at, deleted_by, deleted_at,
                       exists (select from membership.member_letter_file l where l.file_id = member_file.id)
                  from membership.member_file {which}
                """,
                new { id },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return
        [
            .. rows.Select(r => new MemberFile(
                new MemberFileId(r.Id),
                MemberId.From(r.Member),
                r.Archived,
                r.Name,
                r.Size,
                r.KeptBy,
                new DateTimeOffset(r.KeptAt, TimeSpan.Zero),
                r.DeletedBy,
                r.DeletedAt is { } at ? new DateTimeOffset(at, TimeSpan.Zero) : null,
                r.WentOut
            )),
        ];
    }
}
