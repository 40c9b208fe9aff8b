using Association.Membership.Data;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Regulation;
using Association.Platform.Messaging;
using Npgsql;

namespace Association.Membership.Dues.Calculation;

/// <summary>What the calculator would be asked for one member: its category, value, entry and reduction in a dues year.</summary>
/// <param name="Number">Mitgliedsnummer.</param>
/// <param name="Year">Dues year.</param>
[Permission(DuesFeature.Read)]
internal sealed record ReadMemberFacts(string Number, int Year) : IQuery<MemberFacts?>;

/// <summary>The facts as a run would take them.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Category">Code of the category on the first day of the year.</param>
/// <param name="Value">The value that counts; null when none is needed or known.</param>
/// <param name="JoinedOn">Day of entry; null when unknown, long ago.</param>
/// <param name="ReductionPercent">Null without a reduction in the year.</param>
internal sealed record MemberFacts(string Name, string Category, int? Value, DateOnly? JoinedOn, decimal? ReductionPercent);

internal static class ReadMemberFactsHandler
{
    private const string Sql = $"""
        {DuesCandidates.RulesAndValues}
        select m.name, r.category, u.value, m.joined_on, d.percent
          from membership.member m
          left join past on past.member_id = m.id
          join rule r on r.category = {DuesCandidates.CategoryInYear}
          left join usable u on u.member_id = m.id and u.measure = r.measure
          left join membership.dues_reduction d on d.member_id = m.id and int4range(d.from_year, d.to_year, '[]') @> $4
         where m.number = $5
        """;

    public static async Task<MemberFacts?> HandleAsync(ReadMemberFacts query, MembershipDb db, CancellationToken ct)
    {
        if (await Regulations.ValidInAsync(db, query.Year, ct) is not { } regulation)
            return null;
        var rules = regulation.Rules.ToList();
        await using var command = new NpgsqlCommand(Sql, await db.ConnectionAsync(ct), db.Transaction)
        {
            Parameters =
            {
                new() { Value = rules.Select(r => r.Category).ToArray() },
                new() { Value = rules.Select(r => r.NeededMeasure).ToArray() },
                new() { Value = DuesRegulation.ReferenceDate(query.Year) },
                new() { Value = query.Year },
                new() { Value = query.Number.Trim() },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
            return null;
        return new MemberFacts(
            reader.GetString(0),
            reader.GetString(1),
            reader.IsDBNull(2) ? null : reader.GetInt32(2),
            reader.IsDBNull(3) ? null : reader.GetFieldValue<DateOnly>(3),
            reader.IsDBNull(4) ? null : reader.GetDecimal(4)
        );
    }
}
