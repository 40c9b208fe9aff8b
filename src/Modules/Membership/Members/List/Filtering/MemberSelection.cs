using Association.Membership.Members.InputValues;
using Association.Membership.Members.List.Rows;
using Association.Platform.Data;
using Association.Platform.Data.Lists;
using Dapper;
using Npgsql;

namespace Association.Membership.Members.List.Filtering;

/// <summary>The part of a statement that picks members, shared by page, totals, export and whatever is done to many at once.</summary>
/// <param name="With">A common table expression, or empty.</param>
/// <param name="Any">Whether the search has a hit at all; empty without a search.</param>
/// <param name="Where">Conditions over <c>membership.member m</c>, with the parameters of all three.</param>
internal sealed record MemberSelection(string With, string Any, SqlConditions Where)
{
    /// <summary>The selection, looked up once: it forgives typing errors when no member fits the search exactly.</summary>
    /// <returns>The selection, and whether it forgives.</returns>
    public static async Task<(MemberSelection Selection, bool Similar)> FindAsync(ModuleDbContext db, MemberFilter filter, DateOnly today, CancellationToken ct)
    {
        var selection = Of(filter, today, similar: false);
        if (filter.Words.Length == 0)
            return (selection, false);
        var connection = await db.ConnectionAsync(ct);
        if (await connection.ExecuteScalarAsync<bool>(new CommandDefinition(selection.Any, selection.Where.Parameters, db.Transaction, cancellationToken: ct)))
            return (selection, false);
        await Similarity.SetAsync(connection, ct);
        return (Of(filter, today, similar: true), true);
    }

    /// <param name="filter">What is looked for.</param>
    /// <param name="today">The day on which category and status count.</param>
    /// <param name="similar">Forgive typing errors (trigram similarity) instead of asking for the words themselves.</param>
    public static MemberSelection Of(MemberFilter filter, DateOnly today, bool similar)
    {
        var where = new SqlConditions(new { today });
        var (with, any) = ("", "");
        if (filter.Words is { Length: > 0 } words)
        {
            (with, any) = Hits(words, similar, where.Parameters);
            where.And("m.id in (select id from hit)");
        }
        where
            .When(filter.Numbers?.ToArray(), "m.number = any (@numbers)", "numbers")
            .When(filter.Category, "membership.category_on(@today, m.category, m.next_category, m.next_category_on) = @category", "category")
            // the trigram index finds the candidates, the second condition decides
            .When(
                Beginning(filter.Town),
                "m.search_text like '%' || platform.fold(@town) || '%' and platform.fold(m.town) like platform.fold(@town) || '%'",
                "town"
            )
            .When(Beginning(filter.PostalCode), "m.search_text like '%' || platform.fold(@code) || '%' and m.postal_code like @code || '%'", "code")
            .When(filter.Route is { } route ? EnumText.Of(route) : null, "m.payment_route = @route", "route")
            .When(Year(filter.JoinedIn), "m.joined_on between make_date(@joined, 1, 1) and make_date(@joined, 12, 31)", "joined")
            .When(Year(filter.LeavesIn), "m.left_on between make_date(@leaves, 1, 1) and make_date(@leaves, 12, 31)", "leaves")
            .When(filter.JoinedFrom, "m.joined_on >= @from", "from")
            .When(filter.JoinedTo, "m.joined_on <= @to", "to")
            .When(filter.Tag, $"m.id in ({Tagged("tag")})", "tag")
            .When(filter.WithoutTag, $"m.id not in ({Tagged("without")})", "without");
        if (filter.Status is { } status)
            where.And(StatusCondition(status));
        if (filter.ToClarify)
            where.And("m.id in (select member_id from membership.clarification where state = 'open' and member_id is not null)");
        if (filter.Missing is { } missing)
            where.And(MissingCondition(missing, today, where.Parameters));
        if (filter.DuesFrom is not null || filter.DuesTo is not null)
        {
            where.And(
                $"m.id in (select d.member_id from {MemberRows.DuesOfYear} d where d.amount between coalesce(@duesfrom, 0) and coalesce(@duesto, 'infinity'::numeric))"
            );
            where.Parameters.Add("duesfrom", filter.DuesFrom, System.Data.DbType.Decimal);
            where.Parameters.Add("duesto", filter.DuesTo, System.Data.DbType.Decimal);
        }
        return new MemberSelection(with, any, where);
    }

    private static string? Beginning(string? text) => text is { Length: > 0 } ? SqlLike.Escape(text) : null;

    private static int? Year(int? year) => year is { } y ? Math.Clamp(y, 1, 9999) : null;

    private static string Tagged(string parameter) =>
        $"select x.member_id from membership.member_tag x join membership.tag t on t.id = x.tag_id where lower(t.name) = lower(@{parameter} collate \"de-DE-x-icu\")";

    private static string StatusCondition(MemberStatus status) =>
        status switch
        {
            MemberStatus.Planned => "m.joined_on > @today",
            MemberStatus.Active => "(m.joined_on is null or m.joined_on <= @today) and m.left_on is null",
            MemberStatus.Present => "(m.joined_on is null or m.joined_on <= @today) and (m.left_on is null or m.left_on >= @today)",
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
            parameters.Add($"word{i}", similar ? words[i] : SqlLike.Escape(words[i]));
        var match = string.Join(
            " and ",
            words.Select((_, i) => similar ? $"platform.fold(@word{i}) <% search_text" : $"search_text like '%' || platform.fold(@word{i}) || '%'")
        );
        var stems = "";
        if (!similar)
        {
            parameters.Add("stems", string.Join(' ', words));
            stems = " or search_words @@ plainto_tsquery('german', @stems)";
        }
        var members = $"select id from membership.member where ({match}){stems}";
        var contacts = $"select member_id from membership.contact where {match}";
        // Materialized, because the planner is not to look for the first hit only: it would read the table from its beginning instead of asking the indexes.
        var hit = $"with hit as materialized ({members} union {contacts})";
        return (hit, $"{hit} select exists (select from hit)");
    }
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
