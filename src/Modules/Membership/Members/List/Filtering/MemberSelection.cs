using Association.Membership.Members.InputValues;
using Association.Membership.Members.List.Rows;
using Association.Platform.Data;
using Dapper;
using Npgsql;

namespace Association.Membership.Members.List.Filtering;

/// <summary>The part of a statement that picks members, shared by page, totals, export and whatever is done to many at once.</summary>
/// <param name="With">A common table expression, or empty.</param>
/// <param name="Any">Whether the search has a hit at all, answered at the first one; empty without a search.</param>
/// <param name="Where">A condition over <c>membership.member m</c>.</param>
/// <param name="Parameters">Of both; add to a copy.</param>
internal sealed record MemberSelection(string With, string Any, string Where, DynamicParameters Parameters)
{
    /// <summary>The selection, looked up once: it forgives typing errors when no member fits the search exactly.</summary>
    /// <returns>The selection, and whether it forgives.</returns>
    public static async Task<(MemberSelection Selection, bool Similar)> FindAsync(ModuleDbContext db, MemberFilter filter, DateOnly today, CancellationToken ct)
    {
        var selection = Of(filter, today, similar: false);
        if (filter.Words.Length == 0)
            return (selection, false);
        var connection = await db.ConnectionAsync(ct);
        if (await connection.ExecuteScalarAsync<bool>(new CommandDefinition(selection.Any, selection.Parameters, db.Transaction, cancellationToken: ct)))
            return (selection, false);
        await Similarity.SetAsync(connection, ct);
        return (Of(filter, today, similar: true), true);
    }

    /// <param name="filter">What is looked for.</param>
    /// <param name="today">The day on which category and status count.</param>
    /// <param name="similar">Forgive typing errors (trigram similarity) instead of asking for the words themselves.</param>
    public static MemberSelection Of(MemberFilter filter, DateOnly today, bool similar)
    {
        var parameters = new DynamicParameters();
        parameters.Add("today", today);
        var where = new List<string> { "true" };
        var (with, any) = ("", "");
        if (filter.Words is { Length: > 0 } words)
        {
            (with, any) = Hits(words, similar, parameters);
            where.Add("m.id in (select id from hit)");
        }
        if (filter.Numbers is { } numbers)
            Add("m.number = any (@numbers)", "numbers", numbers.ToArray());
        if (filter.Category is { } category)
            Add("membership.category_on(@today, m.category, m.next_category, m.next_category_on) = @category", "category", category);
        if (filter.Status is { } status)
            where.Add(StatusCondition(status));
        // the trigram index finds the candidates, the second condition decides
        if (filter.Town is { Length: > 0 } town)
            Add(
                "m.search_text like '%' || membership.fold(@town) || '%' and membership.fold(m.town) like membership.fold(@town) || '%'",
                "town",
                Escaped(town)
            );
        if (filter.PostalCode is { Length: > 0 } code)
            Add("m.search_text like '%' || membership.fold(@code) || '%' and m.postal_code like @code || '%'", "code", Escaped(code));
        if (filter.Route is { } route)
            Add("m.payment_route = @route", "route", EnumText.Of(route));
        if (filter.JoinedIn is { } joined)
            Add("m.joined_on between make_date(@joined, 1, 1) and make_date(@joined, 12, 31)", "joined", Math.Clamp(joined, 1, 9999));
        if (filter.LeavesIn is { } leaves)
            Add("m.left_on between make_date(@leaves, 1, 1) and make_date(@leaves, 12, 31)", "leaves", Math.Clamp(leaves, 1, 9999));
        if (filter.JoinedFrom is { } from)
            Add("m.joined_on >= @from", "from", from);
        if (filter.JoinedTo is { } to)
            Add("m.joined_on <= @to", "to", to);
        if (filter.ToClarify)
            where.Add("m.id in (select member_id from membership.clarification where state = 'open' and member_id is not null)");
        if (filter.Missing is { } missing)
            where.Add(MissingCondition(missing, today, parameters));
        if (filter.Tag is { } tag)
            Add($"m.id in ({Tagged("tag")})", "tag", tag);
        if (filter.WithoutTag is { } without)
            Add($"m.id not in ({Tagged("without")})", "without", without);
        if (filter.DuesFrom is not null || filter.DuesTo is not null)
        {
            where.Add(
                $"m.id in (select d.member_id from {MemberRows.DuesOfYear} d where d.amount between coalesce(@duesfrom, 0) and coalesce(@duesto, 'infinity'::numeric))"
            );
            parameters.Add("duesfrom", filter.DuesFrom, System.Data.DbType.Decimal);
            parameters.Add("duesto", filter.DuesTo, System.Data.DbType.Decimal);
        }
        return new MemberSelection(with, any, string.Join(" and ", where), parameters);

        void Add(string condition, string name, object value)
        {
            where.Add(condition);
            parameters.Add(name, value);
        }
    }

    private static string Tagged(string parameter) =>
        $"select x.member_id from membership.member_tag x join membership.tag t on t.id = x.tag_id where lower(t.name) = lower(@{parameter} collate \"de-DE-x-icu\")";

    private static string StatusCondition(MemberStatus status) =>
        status switch
        {
            MemberStatus.Planned => "m.joined_on > @today",
            MemberStatus.Active => "(m.joined_on is null or m.joined_on <= @today) and m.left_on is null",
            MemberStatus.Leaving => "(m.joined_on is null or m.joined_on <= @today) and m.left_on >= @today",
            _ => "m.left_on < @today",
        };

    private static string MissingCondition(MissingDetail missing, DateOnly today, DynamicParameters parameters)
    {
        if (missing != MissingDetail.Value)
            return missing switch
            {
                MissingDetail.Email => "m.email is null",
                MissingDetail.Address => "(m.street = '' or m.postal_code = '' or m.town = '')",
                MissingDetail.Phone => "m.phone is null",
                MissingDetail.Joined => "m.joined_on is null",
                MissingDetail.BillingContact =>
                    "not exists (select from membership.contact_function f where f.member_id = m.id and f.kind = 'billing' and daterange(f.valid_from, f.valid_to, '[]') @> @today::date)",
                MissingDetail.Mandate => "(m.iban is null or m.mandate_reference is null or m.mandate_signed_on is null)",
                _ => "not exists (select from membership.member_tag x where x.member_id = m.id)",
            };
        // The same year and the same rule as on the member's page: from October on the next one is being prepared.
        var year = today.Month >= 10 ? today.Year + 1 : today.Year;
        parameters.Add("duesyear", year);
        parameters.Add("reference", ReferenceDate.Of(year));
        return """
            (m.left_on is null or m.left_on >= make_date(@duesyear, 1, 1)) and (m.joined_on is null or m.joined_on <= make_date(@duesyear, 12, 31))
            and exists (select from membership.category k where k.code = membership.category_on(make_date(@duesyear, 1, 1), m.category, m.next_category,
              m.next_category_on)
                and k.measure is not null
                and not exists (select from membership.input_value v where v.member_id = m.id and v.measure = k.measure
                  and (v.as_of = @reference or v.accepted_for_year = @duesyear)))
            """;
    }

    // Each word on its own, so that the trigram index serves every one of them; contacts count for their member.
    private static (string With, string Any) Hits(string[] words, bool similar, DynamicParameters parameters)
    {
        for (var i = 0; i < words.Length; i++)
            parameters.Add($"word{i}", similar ? words[i] : Escaped(words[i]));
        var match = string.Join(
            " and ",
            words.Select((_, i) => similar ? $"membership.fold(@word{i}) <% search_text" : $"search_text like '%' || membership.fold(@word{i}) || '%'")
        );
        var stems = "";
        if (!similar)
        {
            parameters.Add("stems", string.Join(' ', words));
            stems = " or search_words @@ plainto_tsquery('german', @stems)";
        }
        var members = $"select id from membership.member where ({match}){stems}";
        var contacts = $"select member_id from membership.contact where {match}";
        return ($"with hit as materialized ({members} union {contacts})", $"select exists ({members}) or exists ({contacts})");
    }

    private static string Escaped(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}

/// <summary>How alike two words must be for a search that forgives typing errors.</summary>
internal static class Similarity
{
    /// <summary>Between 0 and 1. PostgreSQL's own 0.6 misses one wrong letter in a short name: „Jäkel“ and „Jäckel“ are alike by 0.5.</summary>
    private const string Least = "0.45";

    /// <summary>Sets the threshold of <c>&lt;%</c> for this connection until it goes back to the pool.</summary>
    public static Task SetAsync(NpgsqlConnection connection, CancellationToken ct) =>
        connection.ExecuteAsync(
            new CommandDefinition("select set_config('pg_trgm.word_similarity_threshold', @Least, false)", new { Least }, cancellationToken: ct)
        );
}
