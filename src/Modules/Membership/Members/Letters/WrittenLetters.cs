using System.Text.Json;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Dapper;

namespace Association.Membership.Members.Letters;

/// <summary>The letters of a serial letter that leave by their members' ways; a member that is gone meanwhile is left out.</summary>
internal sealed class WrittenLetters(MembershipDb db) : IWrittenLetters
{
    public async Task<IReadOnlyList<WrittenLetter>> ReadAsync(Guid letter, CancellationToken ct)
    {
        var rows = await (await db.ConnectionAsync(ct)).QueryAsync<(Guid Member, Guid File, string Facts, string? Email, string By)>(
            new CommandDefinition(
                """
                select m.member_id, m.file_id, m.facts::text, p.email, l.created_by
                  from membership.serial_letter_member m join membership.serial_letter l on l.id = m.letter_id
                  join membership.member p on p.id = m.member_id
                 where m.letter_id = @letter and l.by_delivery and m.file_id is not null order by m.place
                """,
                new { letter },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return
        [
            .. rows.Select(r => new WrittenLetter(
                new MemberId(r.Member),
                r.File,
                JsonSerializer.Deserialize<LetterFacts>(r.Facts, SerialLetter.Json)!.Address,
                r.Email,
                r.By
            )),
        ];
    }
}
