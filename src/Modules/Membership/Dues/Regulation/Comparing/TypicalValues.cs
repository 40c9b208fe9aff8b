using Association.Membership.Data;
using Association.Membership.Dues.Preview;

namespace Association.Membership.Dues.Regulation.Comparing;

/// <summary>How large members of a category are: the values that a tenth, a half and nine tenths of them do not exceed.</summary>
internal sealed class TypicalValues
{
    private const int AnyValue = 1000; // of a rate, when no member has a value

    private readonly ILookup<(string Category, string Measure), int> _values;

    private TypicalValues(ILookup<(string, string), int> values) => _values = values;

    /// <summary>From the newest value of each present member.</summary>
    public static async Task<TypicalValues> ReadAsync(MembershipDb db, CancellationToken ct)
    {
        var rows = await DuesReading.QueryAsync<(string Category, string Measure, int[] Values)>(
            db,
            """
            select m.category, v.measure, percentile_disc(array[0.1, 0.5, 0.9]) within group (order by v.value)
              from membership.member m
              join (select distinct on (member_id, measure) member_id, measure, value from membership.input_value order by member_id, measure,
                as_of desc) v on v.member_id = m.id
             where m.left_on is null
             group by m.category, v.measure
            """,
            new { },
            ct
        );
        return new TypicalValues(rows.SelectMany(r => r.Values.Select(value => (Key: (r.Category, r.Measure), value))).ToLookup(v => v.Key, v => v.value));
    }

    /// <summary>Typical values of a category, and those at which a band begins that only one of the rules has.</summary>
    public IEnumerable<int> Of(string category, string measure, DuesRule? before, DuesRule? after)
    {
        var (old, now) = (Bands(before), Bands(after));
        return _values[(category, measure)].Concat(old.Except(now).Concat(now.Except(old)).Select(b => b.From)).DefaultIfEmpty(AnyValue).Distinct().Order();
    }

    private static IReadOnlyList<DuesBand> Bands(DuesRule? rule) => rule is BandRule banded ? banded.Bands : [];
}
