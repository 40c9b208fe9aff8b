using System.Text.RegularExpressions;
using Association.Membership.Import.Cells;
using Association.Membership.Import.Reading;

namespace Association.Membership.Import.Mapping;

/// <summary>Guesses what a column holds from its cells, where the header says nothing.</summary>
internal static partial class ColumnContents
{
    private const int CellsToLookAt = 300;
    private const double Enough = 0.8;

    private static readonly (MemberField Field, Func<ListCell, int, bool> Fits)[] Kinds =
    [
        (MemberField.Iban, (c, _) => IbanLike().IsMatch(c.Text.Trim())),
        (MemberField.Email, (c, _) => EmailLike().IsMatch(c.Text)),
        (MemberField.BuyerReference, (c, _) => LeitwegLike().IsMatch(c.Text.Trim())),
        (MemberField.PostalCodeAndTown, (c, _) => c.Kind == ListCellKind.Text && PostalCodeTown().IsMatch(c.Text.Trim())),
        (MemberField.Address, (c, _) => c.Kind == ListCellKind.Text && c.Text.Contains(',', StringComparison.Ordinal) && PostalCodeInside().IsMatch(c.Text)),
        (MemberField.PostalCode, (c, _) => PostalCodeLike().IsMatch(c.Text.Trim()) && c.Number is null or (>= 1000 and <= 99999)),
        (
            MemberField.JoinedOn,
            (c, year) => c.Kind == ListCellKind.Date || (c.Kind == ListCellKind.Text && DateLike().IsMatch(c.Text) && DateCell.Read(c, year).Value is not null)
        ),
        (MemberField.PriorDues, (c, _) => c.Kind == ListCellKind.Text && c.Text.AsSpan().ContainsAny("€E") && MoneyCell.Read(c).Value is not null),
        (MemberField.Phone, (c, _) => c.Kind == ListCellKind.Text && PhoneLike().IsMatch(c.Text.Trim())),
        (MemberField.Country, (c, _) => c.Text.Trim().Length is >= 1 and <= 12 && c.Kind == ListCellKind.Text && CountryCell.Find(c.Text) is not null),
        (MemberField.Category, (c, _) => c.Kind == ListCellKind.Text && c.Text.Length <= 60 && CategoryWords.Find(c.Text) is not null),
        (MemberField.Street, (c, _) => c.Kind == ListCellKind.Text && StreetLike().IsMatch(c.Text.Trim())),
    ];

    /// <summary>The field whose look at least four in five cells have; null when there is none that is still free.</summary>
    public static MemberField? Guess(IEnumerable<ListRow> rows, int column, IReadOnlySet<MemberField> taken, int thisYear)
    {
        var cells = rows.Select(r => r[column]).OfType<ListCell>().Take(CellsToLookAt).ToArray();
        if (cells.Length < 2)
            return null;
        foreach (var (field, fits) in Kinds)
            if (!taken.Contains(field) && cells.Count(c => fits(c, thisYear)) >= Enough * cells.Length && IsDiverseEnough(field, cells))
                return field;
        return null;
    }

    /// <summary>The column that most likely holds the names: words, nearly all different, the leftmost of those.</summary>
    public static int? GuessName(IReadOnlyList<ListRow> rows, IEnumerable<int> columns) =>
        columns
            .Select(column => (column, cells: rows.Select(r => r[column]).OfType<ListCell>().Take(CellsToLookAt).ToArray()))
            .Where(c =>
                c.cells.Length >= Enough * Math.Min(rows.Count, CellsToLookAt)
                && c.cells.Count(x => x.Kind == ListCellKind.Text && Words().IsMatch(x.Text)) >= Enough * c.cells.Length
            )
            .Where(c => c.cells.Select(x => x.Text).Distinct().Count() >= 0.6 * c.cells.Length)
            .Select(c => (int?)c.column)
            .FirstOrDefault();

    /// <summary>The column that most likely holds the member numbers: short, with digits, all different.</summary>
    public static int? GuessNumber(IReadOnlyList<ListRow> rows, IEnumerable<int> columns) =>
        columns
            .Select(column => (column, cells: rows.Select(r => r[column]).OfType<ListCell>().Take(CellsToLookAt).ToArray()))
            .Where(c =>
                c.cells.Length >= Enough * Math.Min(rows.Count, CellsToLookAt)
                && c.cells.All(x => x.Kind != ListCellKind.Date && NumberLike().IsMatch(x.Text.Trim()))
            )
            .Where(c => c.cells.Select(x => x.Text).Distinct().Count() == c.cells.Length)
            .Select(c => (int?)c.column)
            .FirstOrDefault();

    private static bool IsDiverseEnough(MemberField field, ListCell[] cells) =>
        field is not MemberField.Category || cells.Select(c => c.Text).Distinct().Count() <= Math.Max(12, cells.Length / 4); // names contain the same words, but differ

    [GeneratedRegex(@"^[A-Za-z]{2}[0-9]{2}[0-9A-Za-z ]{11,36}$", RegexOptions.NonBacktracking)]
    private static partial Regex IbanLike();

    [GeneratedRegex(@"^\S+(@|\(at\)|\[at\])\S+\.\S+$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex EmailLike();

    [GeneratedRegex(@"^[0-9]{2,12}-[0-9A-Za-z]{1,30}-[0-9]{2}$", RegexOptions.NonBacktracking)]
    private static partial Regex LeitwegLike();

    [GeneratedRegex(@"^([A-Z]{1,2}\s?-\s?)?[0-9]{4,5}\s+\p{L}[^0-9]*$", RegexOptions.NonBacktracking)]
    private static partial Regex PostalCodeTown();

    [GeneratedRegex(@"(^|[\s,])([A-Z]{1,2}-)?[0-9]{4,5}\s+\p{L}", RegexOptions.NonBacktracking)]
    private static partial Regex PostalCodeInside();

    [GeneratedRegex(@"^([A-Z]{1,2}\s?-\s?)?[0-9]{4,5}$", RegexOptions.NonBacktracking)]
    private static partial Regex PostalCodeLike();

    [GeneratedRegex(@"[0-9][./-]\s?[0-9]|[0-9]\.?\s+\p{L}{3,}\s+[0-9]", RegexOptions.NonBacktracking)]
    private static partial Regex DateLike();

    [GeneratedRegex(@"^(\+|00?)[0-9\s/()\-.]{5,25}$", RegexOptions.NonBacktracking)]
    private static partial Regex PhoneLike();

    [GeneratedRegex(
        @"^(\p{L}[\p{L}\s.'’\-]*\s[0-9]{1,4}\s?\p{L}?([-/][0-9]+)?|[0-9]{1,4}\s?(bis|ter)?,?\s(rue|avenue|av\.|boulevard|place|chemin|route|impasse|allée)\s.+)$",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking
    )]
    private static partial Regex StreetLike();

    [GeneratedRegex(@"\p{L}{2,}", RegexOptions.NonBacktracking)]
    private static partial Regex Words();

    [GeneratedRegex(@"^[A-Za-z]{0,4}[-/. ]?[0-9]{1,8}$", RegexOptions.NonBacktracking)]
    private static partial Regex NumberLike();
}
