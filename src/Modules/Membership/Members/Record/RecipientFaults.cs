using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Pdf;
using Dapper;

namespace Association.Membership.Members.Record;

/// <summary>Why the documents of a member do not reach whom they are for.</summary>
internal enum RecipientProblem
{
    /// <summary>A list named another recipient, and nobody has said yet who and where: documents go to the member.</summary>
    Open,

    /// <summary>The other recipient has no whole address: documents go to the member.</summary>
    Incomplete,

    /// <summary>The member itself has neither a whole address nor an e-mail address.</summary>
    NoAddress,

    /// <summary>The fonts of letters lack characters of name or address.</summary>
    CannotPrint,
}

/// <summary>A member whose documents do not arrive as they should.</summary>
/// <param name="Signs">The characters that cannot be printed.</param>
internal sealed record RecipientFault(MemberId Member, string Number, string Name, RecipientProblem Problem, string Signs = "");

/// <summary>Finds the recipients of documents that a run would send to the wrong place.</summary>
internal static class RecipientFaults
{
    private const string Sql = """
        select m.id, m.number, m.name, m.billing_name is not null as "HasOther",
               concat_ws(' ', m.name, m.addition, m.street, m.town, m.billing_name, m.billing_addition, m.billing_street, m.billing_town) as "Printed",
               m.billing_street as "Street", m.billing_postal_code as "PostalCode", m.billing_town as "Town", coalesce(m.billing_country, 'DE') as "Country",
               m.billing_name is null and (m.street = '' or m.postal_code = '' or m.town = '') and m.email is null as "NoAddress",
               exists (select from membership.clarification c where c.member_id = m.id and c.kind = 'billing_recipient' and c.state = 'open') as "Open"
          from membership.member m
         order by m.name, m.number
        """;

    /// <summary>All of them, each member once, with what is worst.</summary>
    public static async Task<IReadOnlyDictionary<MemberId, RecipientFault>> FindAsync(MembershipDb db, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(Sql, transaction: db.Transaction, cancellationToken: ct));
        return rows.Select(Judge).OfType<RecipientFault>().ToDictionary(f => f.Member);
    }

    private static RecipientFault? Judge(Row row) =>
        PdfFont.CannotPrint(row.Printed) is { Length: > 0 } signs ? Fault(row, RecipientProblem.CannotPrint, signs)
        : row.HasOther && PostalAddress.Faults(row.Street, row.PostalCode, row.Town, row.Country).Any() ? Fault(row, RecipientProblem.Incomplete)
        : row.Open && !row.HasOther ? Fault(row, RecipientProblem.Open)
        : row.NoAddress ? Fault(row, RecipientProblem.NoAddress)
        : null;

    private static RecipientFault Fault(Row row, RecipientProblem problem, string signs = "") =>
        new(MemberId.From(row.Id), row.Number, row.Name, problem, signs);

    private sealed class Row
    {
        public Guid Id { get; init; }
        public string Number { get; init; } = "";
        public string Name { get; init; } = "";
        public bool HasOther { get; init; }
        public string Printed { get; init; } = "";
        public string? Street { get; init; }
        public string? PostalCode { get; init; }
        public string? Town { get; init; }
        public string Country { get; init; } = "";
        public bool NoAddress { get; init; }
        public bool Open { get; init; }
    }
}
