using System.Text.Json;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Dapper;

namespace Association.Membership.Members.Letters;

/// <summary>Letters that leave by their members' ways: those of a serial letter, and those of <c>written_letter</c>, which go on paper. A member that is gone
/// meanwhile is left out.</summary>
internal sealed class WrittenLetters(MembershipDb db) : IWrittenLetters
{
    public async Task<IReadOnlyList<WrittenLetter>> ReadAsync(Guid letter, CancellationToken ct)
    {
        var rows = await (await db.ConnectionAsync(ct)).QueryAsync<(Guid Member, Guid File, string Address, string? Email, string By)>(
            new CommandDefinition(
                """
                select x.member_id, x.file_id, x.address::text, x.email, x.by from (
                  select m.place, m.member_id, m.file_id, m.facts -> 'address' as address, p.email, l.created_by as by
                    from membership.serial_letter_member m join membership.serial_letter l on l.id = m.letter_id
                    join membership.member p on p.id = m.member_id
                   where m.letter_id = @letter and l.by_delivery and m.file_id is not null
                  union all
                  select w.place, w.member_id, w.file_id, w.address, null, w.written_by from membership.written_letter w where w.origin = @letter) x
                 order by x.place
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
                JsonSerializer.Deserialize<PrintedAddress>(r.Address, SerialLetter.Json)!,
                r.Email,
                r.By
            )),
        ];
    }
}
