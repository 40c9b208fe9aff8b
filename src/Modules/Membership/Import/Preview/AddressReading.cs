using Association.Membership.Import.Cells;
using Association.Membership.Import.Mapping;
using Association.Membership.Import.Reading;
using Association.Platform.Data.Kernel;

namespace Association.Membership.Import.Preview;

/// <summary>An address put together from however many cells the list spreads it over.</summary>
internal sealed record AddressReading(string? Street, string? PostalCode, string? Town, string? Country)
{
    public static AddressReading Of(RowCells cells)
    {
        // The column that names one part counts before one that holds several: „PLZ“ and „Ort“, then „PLZ/Ort“, then „Anschrift“.
        var country = cells.Take(MemberField.Country, CountryCell.Read);
        var street = cells.Words(MemberField.Street);
        var town = cells.Words(MemberField.Town);
        var codeCell = cells[MemberField.PostalCode];
        var codeField = MemberField.PostalCode;
        if (cells.Words(MemberField.PostalCodeAndTown) is { } both)
        {
            var parts = AddressCell.SplitTown(both);
            Differs(MemberField.PostalCodeAndTown, parts?.PostalCode, codeCell?.Text);
            Differs(MemberField.PostalCodeAndTown, parts?.Town ?? both, town);
            town ??= parts?.Town ?? both;
            (codeCell, codeField) = codeCell is null ? (ListCell.Of(parts?.PostalCode), MemberField.PostalCodeAndTown) : (codeCell, codeField);
        }
        if (codeCell is null && town is not null && AddressCell.SplitTown(town) is { } inTown)
            (codeCell, town, codeField) = (ListCell.Of(inTown.PostalCode), inTown.Town, MemberField.Town);
        if (cells.Words(MemberField.Address) is { } all)
        {
            var parts = AddressCell.Split(all, town);
            Differs(MemberField.Address, parts.Street, street);
            Differs(MemberField.Address, parts.PostalCode, codeCell?.Text);
            Differs(MemberField.Address, parts.Town, town);
            Differs(MemberField.Address, parts.Country, country);
            (street, town, country) = (street ?? parts.Street, town ?? NullIfEmpty(parts.Town), country ?? parts.Country);
            (codeCell, codeField) = codeCell is null ? (ListCell.Of(parts.PostalCode), MemberField.Address) : (codeCell, codeField);
        }
        var (code, named) = PostalCodeCell.Read(codeCell, country);
        if (code.Problem is { } problem)
            cells.Report(codeField, problem, Severity.ValueDropped);
        if (code.Value is not null)
            Differs(codeField, named, country);
        return new AddressReading(cells.Text(street, MemberField.Street, 200), code.Value, cells.Text(town, MemberField.Town, 100), country ?? named);

        void Differs(MemberField field, string? says, string? counts)
        {
            if (!string.IsNullOrEmpty(says) && !string.IsNullOrEmpty(counts) && !SameWords(says, counts))
                cells.ReportLessSpecific(field, says, counts);
        }
    }

    // „Heinestr. 7“ and „Heinestraße 7“ are one street, „L-1526“ and „1526“ one code.
    private static bool SameWords(string one, string other)
    {
        var (a, b) = (Plain(one), Plain(other));
        return a == b || (a.Length > 2 && b.EndsWith(a, StringComparison.Ordinal)) || (b.Length > 2 && a.EndsWith(b, StringComparison.Ordinal));
    }

    private static string Plain(string text) => HeaderWords.Key(PlainText.Fold(text).Replace("strasse", "str", StringComparison.Ordinal));

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
