using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Dapper;
using Microsoft.EntityFrameworkCore;

namespace Association.Membership.Import.Preview;

/// <summary>Reads every member as the importer compares them.</summary>
internal static class KnownMembers
{
    private const string Measures =
        "select distinct on (member_id, measure) member_id, measure, value, as_of from membership.input_value order by member_id, measure, as_of desc";

    private const string Dues = "select member_id, year, amount from membership.prior_dues";

    private const string Contacts = """
        select c.id, c.member_id, c.name, c.email, c.phone, array_agg(f.kind order by f.kind) as functions, max(f.title) as title
          from membership.contact c
          join membership.contact_function f on f.contact_id = c.id and (f.valid_from is null or f.valid_from <= @today)
            and (f.valid_to is null or f.valid_to >= @today)
         group by c.id
         order by c.id
        """;

    public static async Task<IReadOnlyCollection<MemberState>> ReadAsync(MembershipDb db, DateOnly today, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var measures = (await connection.QueryAsync<(Guid Member, string Measure, int Value, DateOnly AsOf)>(Sql(Measures))).ToLookup(
            m => m.Member,
            m => new StateMeasure(m.Measure, m.Value, m.AsOf)
        );
        var dues = (await connection.QueryAsync<(Guid Member, int Year, decimal Amount)>(Sql(Dues))).ToLookup(
            d => d.Member,
            d => (d.Year, Amount: new Money(d.Amount))
        );
        var contacts = (
            await connection.QueryAsync<(Guid Id, Guid Member, string Name, string? Email, string? Phone, string[] Functions, string Title)>(Sql(Contacts))
        ).ToLookup(
            c => c.Member,
            c => new StateContact(new ContactId(c.Id), c.Name, c.Email, c.Phone, [.. c.Functions.Select(EnumText.Parse<FunctionKind>)], c.Title)
        );
        var members = await db
            .Members.AsNoTracking()
            .Select(m => new MemberState
            {
                Id = m.Id,
                Number = m.Number,
                Kind = m.Kind,
                Name = m.Name,
                Category = m.NextCategory ?? m.Category,
                Street = m.Address.Street,
                PostalCode = m.Address.PostalCode,
                Town = m.Address.Town,
                Country = m.Address.Country,
                JoinedOn = m.JoinedOn,
                LeftOn = m.LeftOn,
                NoticeReceivedOn = m.NoticeReceivedOn,
                Language = m.Language,
                Email = m.Email,
                Phone = m.Phone,
                NoPost = m.NoPost,
                Iban = m.Iban,
                MandateReference = m.MandateReference,
                MandateSignedOn = m.MandateSignedOn,
                Route = m.PaymentRoute,
                BuyerReference = m.BuyerReference,
                Remark = m.Remark,
            })
            .ToListAsync(ct);
        return
        [
            .. members.Select(m =>
                m with
                {
                    Measures = [.. measures[m.Id.Value].OrderBy(i => i.Measure, StringComparer.Ordinal)],
                    PriorDues = [.. dues[m.Id.Value].OrderBy(d => d.Year)],
                    Contacts = [.. contacts[m.Id.Value]],
                }
            ),
        ];

        CommandDefinition Sql(string text) => new(text, new { today }, db.Transaction, cancellationToken: ct);
    }
}
