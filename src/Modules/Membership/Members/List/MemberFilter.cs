using Association.Membership.Contracts;
using Association.Platform.Data;
using Dapper;
using Npgsql;

namespace Association.Membership.Members.List;

/// <summary>Where a membership stands on a day.</summary>
internal enum MemberStatus
{
    /// <summary>The entry lies ahead.</summary>
    Planned,
    Active,

    /// <summary>Still a member; the last day is known.</summary>
    Leaving,
    Left,
}

/// <summary>Which members are meant; what is null does not count.</summary>
/// <param name="Search">Words that all occur in number, name, town, postal code, e-mail or in the name of a contact; forgives typing errors when nothing fits exactly.</param>
/// <param name="Category">Code of the category that counts today.</param>
/// <param name="Status">Where the membership stands today.</param>
/// <param name="Town">Beginning of the town, without regard to case and accents.</param>
/// <param name="Route">How they pay.</param>
/// <param name="JoinedIn">Year of entry.</param>
/// <param name="LeavesIn">Year of the last day.</param>
/// <param name="ToClarify">Only those with something open to clarify.</param>
internal sealed record MemberFilter(
    string? Search = null, string? Category = null, MemberStatus? Status = null, string? Town = null, PaymentRoute? Route = null,
    int? JoinedIn = null, int? LeavesIn = null, bool ToClarify = false)
{
    public static readonly MemberFilter All = new();

    /// <summary>At most six words count; more make no search better.</summary>
    public string[] Words => [.. (Search ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(6).Select(w => w.Length > 60 ? w[..60] : w)];
}

/// <summary>The part of a statement that picks members, shared by page, totals and export.</summary>
/// <param name="With">A common table expression, or empty.</param>
/// <param name="Any">Whether the search has a hit at all, answered at the first one; empty without a search.</param>
/// <param name="Where">A condition over <c>membership.member m</c>.</param>
/// <param name="Parameters">Of both; add to a copy.</param>
internal sealed record MemberSelection(string With, string Any, string Where, DynamicParameters Parameters)
{
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
        if (filter.Category is { } category)
        {
            where.Add("membership.category_on(@today, m.category, m.next_category, m.next_category_on) = @category");
            parameters.Add("category", category);
        }
        if (filter.Status is { } status)
            where.Add(status switch
            {
                MemberStatus.Planned => "m.joined_on > @today",
                MemberStatus.Active => "(m.joined_on is null or m.joined_on <= @today) and m.left_on is null",
                MemberStatus.Leaving => "(m.joined_on is null or m.joined_on <= @today) and m.left_on >= @today",
                _ => "m.left_on < @today",
            });
        if (filter.Town is { Length: > 0 } town)
        {
            // the trigram index finds the candidates, the second condition decides
            where.Add("m.search_text like '%' || membership.fold(@town) || '%' and membership.fold(m.town) like membership.fold(@town) || '%'");
            parameters.Add("town", Escaped(town));
        }
        if (filter.Route is { } route)
        {
            where.Add("m.payment_route = @route");
            parameters.Add("route", EnumText.Of(route));
        }
        if (filter.JoinedIn is { } joined)
        {
            where.Add("m.joined_on between make_date(@joined, 1, 1) and make_date(@joined, 12, 31)");
            parameters.Add("joined", Math.Clamp(joined, 1, 9999));
        }
        if (filter.LeavesIn is { } leaves)
        {
            where.Add("m.left_on between make_date(@leaves, 1, 1) and make_date(@leaves, 12, 31)");
            parameters.Add("leaves", Math.Clamp(leaves, 1, 9999));
        }
        if (filter.ToClarify)
            where.Add("m.id in (select member_id from membership.clarification where state = 'open' and member_id is not null)");
        return new MemberSelection(with, any, string.Join(" and ", where), parameters);
    }

    // Each word on its own, so that the trigram index serves every one of them; contacts count for their member.
    private static (string With, string Any) Hits(string[] words, bool similar, DynamicParameters parameters)
    {
        for (var i = 0; i < words.Length; i++) parameters.Add($"word{i}", similar ? words[i] : Escaped(words[i]));
        var match = string.Join(" and ", words.Select((_, i) => similar
            ? $"membership.fold(@word{i}) <% search_text"
            : $"search_text like '%' || membership.fold(@word{i}) || '%'"));
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

    private static string Escaped(string text) => text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}

/// <summary>How alike two words must be for a search that forgives typing errors.</summary>
internal static class Similarity
{
    /// <summary>Between 0 and 1. PostgreSQL's own 0.6 misses one wrong letter in a short name: „Jäkel“ and „Jäckel“ are alike by 0.5.</summary>
    private const string Least = "0.45";

    /// <summary>Sets the threshold of <c>&lt;%</c> for this connection until it goes back to the pool.</summary>
    public static Task SetAsync(NpgsqlConnection connection, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition("select set_config('pg_trgm.word_similarity_threshold', @Least, false)", new { Least }, cancellationToken: ct));
}
