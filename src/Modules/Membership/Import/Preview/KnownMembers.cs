using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Members.Model;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Dapper;

namespace Association.Membership.Import.Preview;

/// <summary>Reads every member as the importer compares them.</summary>
internal static class KnownMembers
{
    private const string Members =
        """
        select id, number, kind, name, coalesce(next_category, category) as category, street, postal_code as PostalCode, town, country, joined_on as JoinedOn, left_on as LeftOn, notice_received_on as NoticeReceivedOn,
               language, email, phone, no_post as NoPost, iban, mandate_reference as MandateReference, mandate_signed_on as MandateSignedOn,
               payment_route as PaymentRoute, buyer_reference as BuyerReference, remark
          from membership.member
        """;

    private const string Measures = "select distinct on (member_id, measure) member_id, measure, value, as_of from membership.input_value order by member_id, measure, as_of desc";

    private const string Dues = "select member_id, year, amount from membership.prior_dues";

    private const string Contacts =
        """
        select c.id, c.member_id, c.name, c.email, c.phone, array_agg(f.kind order by f.kind) as functions, max(f.title) as title
          from membership.contact c
          join membership.contact_function f on f.contact_id = c.id and (f.valid_from is null or f.valid_from <= @today) and (f.valid_to is null or f.valid_to >= @today)
         group by c.id
         order by c.id
        """;

    public static async Task<IReadOnlyCollection<MemberState>> ReadAsync(MembershipDb db, DateOnly today, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var measures = (await connection.QueryAsync<(Guid Member, string Measure, int Value, DateOnly AsOf)>(Sql(Measures)))
            .ToLookup(m => m.Member, m => new StateMeasure(m.Measure, m.Value, m.AsOf));
        var dues = (await connection.QueryAsync<(Guid Member, int Year, decimal Amount)>(Sql(Dues))).ToLookup(d => d.Member, d => (d.Year, new Money(d.Amount)));
        var contacts = (await connection.QueryAsync<(Guid Id, Guid Member, string Name, string? Email, string? Phone, string[] Functions, string Title)>(Sql(Contacts)))
            .ToLookup(c => c.Member, c => new StateContact(new ContactId(c.Id), c.Name, c.Email, c.Phone, [.. c.Functions.Select(EnumText.Parse<FunctionKind>)], c.Title));
        return [.. (await connection.QueryAsync<Row>(Sql(Members))).Select(r => r.ToState(measures, dues, contacts))];

        CommandDefinition Sql(string text) => new(text, new { today }, db.Transaction, cancellationToken: ct);
    }

    private sealed class Row
    {
        public Guid Id { get; init; }
        public string Number { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Name { get; init; } = "";
        public string Category { get; init; } = "";
        public string Street { get; init; } = "";
        public string PostalCode { get; init; } = "";
        public string Town { get; init; } = "";
        public string Country { get; init; } = "";
        public DateOnly? JoinedOn { get; init; }
        public DateOnly? LeftOn { get; init; }
        public DateOnly? NoticeReceivedOn { get; init; }
        public string Language { get; init; } = "";
        public string? Email { get; init; }
        public string? Phone { get; init; }
        public bool NoPost { get; init; }
        public string? Iban { get; init; }
        public string? MandateReference { get; init; }
        public DateOnly? MandateSignedOn { get; init; }
        public string PaymentRoute { get; init; } = "";
        public string? BuyerReference { get; init; }
        public string Remark { get; init; } = "";

        public MemberState ToState(ILookup<Guid, StateMeasure> measures, ILookup<Guid, (int, Money)> dues, ILookup<Guid, StateContact> contacts) => new()
        {
            Id = new MemberId(Id),
            Number = Number,
            Kind = EnumText.Parse<MemberKind>(Kind),
            Name = Name,
            Category = Category,
            Street = Street,
            PostalCode = PostalCode,
            Town = Town,
            Country = Country,
            JoinedOn = JoinedOn,
            LeftOn = LeftOn,
            NoticeReceivedOn = NoticeReceivedOn,
            Language = Language,
            Email = Email,
            Phone = Phone,
            NoPost = NoPost,
            Iban = Iban,
            MandateReference = MandateReference,
            MandateSignedOn = MandateSignedOn,
            Route = EnumText.Parse<PaymentRoute>(PaymentRoute),
            BuyerReference = BuyerReference,
            Remark = Remark,
            Measures = [.. measures[Id].OrderBy(m => m.Measure, StringComparer.Ordinal)],
            PriorDues = [.. dues[Id].OrderBy(d => d.Item1)],
            Contacts = [.. contacts[Id]],
        };
    }
}
