using System.Globalization;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Dapper;

namespace Association.Membership.Dues.Preview;

/// <summary>Small reads that the pages of a run share.</summary>
internal static class DuesReading
{
    // What changes an amount or whether one is owed; neither applied nor dropped until somebody decides.
    private static readonly string[] KindsThatTouchDues = ["reduction", "entry_date", "exit_date", "category"];

    /// <summary>The reader's language: <c>de</c>, <c>fr</c> or <c>en</c>.</summary>
    public static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    /// <summary>Names of the categories by code, in the reader's language.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> CategoryNamesAsync(MembershipDb db, CancellationToken ct)
    {
        var rows = await QueryAsync<(string Code, string Name)>(
            db,
            "select code, case @Language when 'fr' then name_fr when 'en' then name_en else name_de end from membership.category order by position",
            new { Language },
            ct
        );
        return new OrderedDictionary<string, string>(rows.Select(r => KeyValuePair.Create(r.Code, r.Name)), StringComparer.Ordinal);
    }

    /// <summary>What an import or a person left open that touches dues.</summary>
    public static async Task<IReadOnlyList<OpenQuestion>> OpenQuestionsAsync(MembershipDb db, CancellationToken ct) =>
        await QueryAsync<OpenQuestion>(
            db,
            """
            select m.number as "Number", m.name as "Name", c.kind as "Kind", c.text as "Text"
              from membership.clarification c join membership.member m on m.id = c.member_id
             where c.state = 'open' and c.kind = any (@KindsThatTouchDues)
             order by m.name, c.created_at
            """,
            new { KindsThatTouchDues },
            ct
        );

    /// <summary>The newest value of each member that nobody accepted yet for the year.</summary>
    public static async Task<IReadOnlyDictionary<MemberId, OfferedValue>> OfferedValuesAsync(
        MembershipDb db,
        IReadOnlyCollection<DuesRow> missing,
        int year,
        CancellationToken ct
    )
    {
        var rows = await QueryAsync<(Guid Member, string Measure, int Value, DateOnly AsOf)>(
            db,
            """
            select distinct on (member_id, measure) member_id, measure, value, as_of
              from membership.input_value
             where member_id = any (@members) and accepted_for_year is distinct from @year and as_of > make_date(@year - 2, 12, 31)
             order by member_id, measure, as_of desc
            """,
            new { members = missing.Select(r => r.Member.Value).ToArray(), year },
            ct
        );
        return rows.DistinctBy(r => r.Member).ToDictionary(r => MemberId.From(r.Member), r => new OfferedValue(r.Measure, r.Value, r.AsOf));
    }

    public static async Task<IReadOnlyList<T>> QueryAsync<T>(MembershipDb db, string sql, object parameters, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        return [.. await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, db.Transaction, cancellationToken: ct))];
    }
}

/// <summary>An open clarification that touches dues.</summary>
internal sealed record OpenQuestion(string Number, string Name, string Kind, string Text);

/// <summary>A value as of another day than the regulation's, waiting for acceptance.</summary>
internal sealed record OfferedValue(string Measure, int Value, DateOnly AsOf);
