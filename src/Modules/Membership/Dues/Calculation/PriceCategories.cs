using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Preview;
using Association.Membership.Dues.Regulation;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;

namespace Association.Membership.Dues.Calculation;

/// <summary>What a member would owe for a year in each category, with the values and the reduction that count for that year.</summary>
/// <param name="Member">Whose.</param>
/// <param name="Year">Dues year.</param>
[Permission(DuesFeature.Read)]
internal sealed record PriceCategories(MemberId Member, int Year) : IQuery<IReadOnlyList<CategoryPrice>>;

/// <summary>The dues of a category.</summary>
/// <param name="Category">Its code.</param>
/// <param name="Amount">Zero when beitragsfrei; null when the value that the rule needs is unknown.</param>
internal sealed record CategoryPrice(string Category, Money? Amount);

internal static class PriceCategoriesHandler
{
    public static async Task<IReadOnlyList<CategoryPrice>> HandleAsync(PriceCategories query, MembershipDb db, CancellationToken ct)
    {
        if (await Regulations.ValidInAsync(db, query.Year, ct) is not { } regulation)
            return [];
        var parameters = new
        {
            Id = query.Member.Value,
            Day = DuesRegulation.ReferenceDate(query.Year).ToDateTime(TimeOnly.MinValue),
            query.Year,
        };
        var values = await DuesReading.QueryAsync<(string Measure, int Value, DateOnly AsOf)>(
            db,
            """
            select distinct on (measure) measure, value, as_of from membership.input_value
             where member_id = @Id and (as_of = @Day::date or accepted_for_year = @Year) order by measure, as_of = @Day::date desc, as_of desc
            """,
            parameters,
            ct
        );
        var member = (
            await DuesReading.QueryAsync<(DateOnly? Joined, DateOnly? Left, decimal? Percent)>(
                db,
                """
                select m.joined_on, m.left_on, d.percent from membership.member m
                  left join membership.dues_reduction d on d.member_id = m.id and int4range(d.from_year, d.to_year, '[]') @> @Year
                 where m.id = @Id
                """,
                parameters,
                ct
            )
        ).Single();
        return [.. regulation.Rules.Select(rule => new CategoryPrice(rule.Category, AmountOf(rule)))];

        Money? AmountOf(DuesRule rule)
        {
            MeasuredValue? value = values
                .Where(v => v.Measure == rule.NeededMeasure)
                .Select(v => new MeasuredValue(v.Measure, v.Value, v.AsOf))
                .FirstOrDefault();
            var result = DuesCalculator.Calculate(
                regulation,
                rule,
                new DuesFacts(query.Year, value, member.Joined, member.Left, member.Percent is { } percent ? new Reduction(percent) : null)
            );
            return result.Outcome == DuesOutcome.MissingInput ? null : result.Amount;
        }
    }
}
