using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Dues.Calculation;
using Association.Membership.Dues.Charges;
using Association.Membership.Dues.Regulation;

namespace Association.Membership.Dues.Preview;

/// <summary>Says why a member pays clearly more than last year: these members will ask.</summary>
internal static class IncreaseReasons
{
    private const string Sql = """
        select m.id as "Member", d.percent as "EndedReduction",
               coalesce(c.input_value, v.value) as "Value", c.steps::text as "Steps"
          from unnest(@members, @measures, @days) as m (id, measure, day)
          left join membership.charge c on c.member_id = m.id and c.kind = 'annual' and c.period = @year - 1 and c.voided_at is null
          left join membership.dues_reduction d on d.member_id = m.id and d.to_year = @year - 1
          left join lateral (
            select value from membership.input_value i
             where i.member_id = m.id and i.measure = m.measure and i.as_of < m.day order by i.as_of desc limit 1) v on true
        """;

    /// <summary>A reason for each row, in a language.</summary>
    public static async Task<IReadOnlyDictionary<MemberId, string>> FindAsync(
        MembershipDb db,
        DuesRegulation regulation,
        IReadOnlyCollection<DuesRow> rows,
        int year,
        string language,
        CancellationToken ct
    )
    {
        if (rows.Count == 0)
            return new Dictionary<MemberId, string>();
        var before = (
            await DuesReading.QueryAsync<Before>(
                db,
                Sql,
                new
                {
                    members = rows.Select(r => r.Member.Value).ToArray(),
                    measures = rows.Select(r => r.Input?.Measured.Measure).ToArray(),
                    days = rows.Select(r => r.Input?.Measured.AsOf?.ToDateTime(TimeOnly.MinValue)).ToArray(),
                    year,
                },
                ct
            )
        ).DistinctBy(b => b.Member).ToDictionary(b => MemberId.From(b.Member));
        return rows.ToDictionary(r => r.Member, r => Reason(regulation, r, before[r.Member], year, language));
    }

    private static string Reason(DuesRegulation regulation, DuesRow row, Before before, int year, string language)
    {
        if (before.EndedReduction is { } percent && !row.Steps.OfType<ReductionStep>().Any())
            return StepTexts.ReductionEnded(percent, year - 1, language);
        var then = before.Steps is { } json ? ChargeStore.ReadSteps(json) : [];
        if (row.Steps[0] is RateStep now && then.OfType<RateStep>().FirstOrDefault() is { } was && was.Rate != now.Rate)
            return StepTexts.OtherRate(now, was.Rate, language);
        if (row.Input is { Measured: var value } && before.Value is { } old && old != value.Value)
        {
            var nextBand = regulation.RuleOf(row.Category) is BandRule rule && rule.BandOf(old) != rule.BandOf(value.Value);
            return StepTexts.OtherValue(value, old, nextBand, language);
        }
        return string.Join(", ", row.Steps.Where(s => s is not MonthsStep).Select(s => StepTexts.Describe(s, language)));
    }

    private sealed record Before(Guid Member, decimal? EndedReduction, int? Value, string? Steps);
}
