using Association.Membership.Import.Reading;
using Association.Membership.Members.Model;

namespace Association.Membership.Import.Preview;

/// <summary>What people do at a member, as lists name it.</summary>
internal static class FunctionWords
{
    private static readonly (FunctionKind Kind, string[] Beginnings)[] Known =
    [
        (
            FunctionKind.Management,
            [
                "geschaeftsfuehr",
                "gf",
                "verwaltungsdirekt",
                "kaufmaennisch",
                "leitung",
                "direkt",
                "ceo",
                "manag",
                "executive",
                "director",
                "directeur",
                "directrice",
                "gerant",
                "direction",
            ]
        ),
        (FunctionKind.Board, ["vorstand", "vorsitz", "praesident", "board", "chair", "president", "conseil", "administrat"]),
        (FunctionKind.Administration, ["verwaltung", "sekretariat", "buero", "assistenz", "sachbearbeit", "office", "admin", "secret", "administration"]),
        (FunctionKind.Accounting, ["buchhalt", "finanz", "rechnungswesen", "kasse", "kaemmer", "account", "finance", "treasur", "comptab", "tresor"]),
        (FunctionKind.PublicRelations, ["oeffentlichkeit", "presse", "kommunikation", "marketing", "press", "communication"]),
    ];

    /// <summary>The kind; <see cref="FunctionKind.Other"/> for words not known, null without any.</summary>
    public static FunctionKind? Find(string title)
    {
        var key = HeaderWords.Key(title);
        if (key.Length == 0)
            return null;
        return Known
                .SelectMany(k => k.Beginnings.Where(b => key.StartsWith(b, StringComparison.Ordinal)).Select(b => (k.Kind, b.Length)))
                .OrderByDescending(hit => hit.Length)
                .Select(hit => (FunctionKind?)hit.Kind)
                .FirstOrDefault()
            ?? FunctionKind.Other;
    }
}
