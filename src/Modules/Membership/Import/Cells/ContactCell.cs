using System.Text.RegularExpressions;

namespace Association.Membership.Import.Cells;

/// <summary>A person named in a contact cell.</summary>
/// <param name="Name">„Katrin Hürter“.</param>
/// <param name="Deputy">Stands in for the other.</param>
internal sealed record ListedPerson(string Name, bool Deputy);

/// <summary>Reads who is named in a contact cell: one person, or a person and a deputy.</summary>
internal static partial class ContactCell
{
    private const int Longest = 1000;

    /// <summary>The persons in the order of the cell; the first one who is no deputy is the contact.</summary>
    public static IReadOnlyList<ListedPerson> Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || NoValue.Is(text))
            return [];
        if (text.Length > Longest)
            return [new ListedPerson(text, Deputy: false)]; // no name, and refused as too long for one
        var persons = new List<ListedPerson>();
        foreach (var part in Parts(text))
        {
            var marked = DeputyMark().IsMatch(part);
            var name = Clean(DeputyMark().Replace(part, " "));
            if (name.Length > 0)
                persons.Add(new ListedPerson(name, marked || persons.Any(p => !p.Deputy)));
        }
        return persons is [{ Deputy: true }] ? [persons[0] with { Deputy = false }] : persons;
    }

    private static string[] Parts(string text)
    {
        var parts = Separators().Split(text).Where(p => !string.IsNullOrWhiteSpace(p)).ToArray();
        if (parts.Length > 1 || !text.Contains(',', StringComparison.Ordinal))
            return parts;
        // „Hürter, Katrin“ is one person; „Katrin Hürter, Jörg Becker“ are two.
        var names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.All(n => Titles().Replace(DeputyMark().Replace(n, " "), " ").Split([' '], StringSplitOptions.RemoveEmptyEntries).Length >= 2)
            ? names
            : parts;
    }

    private static string Clean(string part)
    {
        var name = Blanks().Replace(Salutation().Replace(part.Trim().Trim(',', '-', '–', ':'), ""), " ").Trim();
        var comma = name.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return comma.Length == 2 ? comma[1] + " " + comma[0] : name;
    }

    [GeneratedRegex(@"\s*[/;\n\r|]\s*|\s+(?:&|und|u\.|and|et)\s+", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Separators();

    [GeneratedRegex(
        @"\(\s*(vertr(\.|etung|eter|eterin)?|stv\.?|stellv(\.|ertretung|ertreter|ertreterin)?|deputy|suppl(\.|éante?)?|adjointe?)\s*\)|^\s*(vertr\.|vertretung|stv\.|stellv\.|stellvertretung|deputy|suppléante?)\s*:?\s+",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking
    )]
    private static partial Regex DeputyMark();

    [GeneratedRegex(@"^(herrn?|frau|hr\.|fr\.|mrs?\.?|ms\.?|mme\.?|m\.|madame|monsieur)\s+", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Salutation();

    [GeneratedRegex(@"\b(dr|prof|med|dipl|ing|herrn?|frau)\b\.?", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Titles();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();
}
