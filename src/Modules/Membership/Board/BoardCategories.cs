namespace Association.Membership.Board;

/// <summary>SQL that the sheets share.</summary>
internal static class BoardCategories
{
    /// <summary>The category of member <c>m</c> on a day.</summary>
    public static string On(string day) =>
        $"""
            coalesce((select h.category from membership.past_category h where h.member_id = m.id and h.ended_on >= {day} order by h.ended_on limit 1),
                     membership.category_on({day}, m.category, m.next_category, m.next_category_on))
            """;

    /// <summary>The category's name in the language @Language, of a row <c>c</c> of membership.category.</summary>
    public const string Name = "case @Language when 'fr' then c.name_fr when 'en' then c.name_en else c.name_de end";

    /// <summary>
    /// Who belonged to the association at some time of the period, with the category of the first and of the last day in it. The last day of a membership
    /// counts as its exit: who leaves on 31.12. is not among the members at the end of that day.
    /// </summary>
    public static readonly string Present = $"""
        present as materialized (
          select m.*, coalesce(m.joined_on, '-infinity') < @From as at_start, m.joined_on between @From and @To as entered,
                 m.left_on between @From and @To as left_within, coalesce(m.left_on, 'infinity') > @To as at_end,
                 {On("case when m.joined_on >= @From then m.joined_on else @From - 1 end")} as first_category,
                 {On("case when m.left_on <= @To then m.left_on else @To end")} as last_category
            from membership.member m
           where coalesce(m.joined_on, '-infinity') <= @To and coalesce(m.left_on, 'infinity') >= @From)
        """;
}
