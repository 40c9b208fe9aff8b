using Association.Membership.Import.Cells;
using Association.Membership.Import.Mapping;
using Association.Membership.Import.Reading;

namespace Association.Membership.Import.Preview;

/// <summary>An address put together from however many cells the list spreads it over.</summary>
internal sealed record AddressReading(string? Street, string? PostalCode, string? Town, string? Country)
{
    public static AddressReading Of(RowCells cells)
    {
        var country = cells.Take(MemberField.Country, CountryCell.Read);
        var street = cells.Words(MemberField.Street);
        var town = cells.Words(MemberField.Town);
        var codeCell = cells[MemberField.PostalCode];
        var codeField = MemberField.PostalCode;
        if (cells.Words(MemberField.Address) is { } all)
        {
            var parts = AddressCell.Split(all);
            (street, town, country) = (street ?? parts.Street, town ?? NullIfEmpty(parts.Town), country ?? parts.Country);
            (codeCell, codeField) = codeCell is null ? (ListCell.Of(parts.PostalCode), MemberField.Address) : (codeCell, codeField);
        }
        if (cells.Words(MemberField.PostalCodeAndTown) is { } both)
        {
            var parts = AddressCell.SplitTown(both);
            town ??= parts?.Town ?? both;
            (codeCell, codeField) = codeCell is null ? (ListCell.Of(parts?.PostalCode), MemberField.PostalCodeAndTown) : (codeCell, codeField);
        }
        if (codeCell is null && town is not null && AddressCell.SplitTown(town) is { } inTown)
            (codeCell, town, codeField) = (ListCell.Of(inTown.PostalCode), inTown.Town, MemberField.Town);
        var (code, named) = PostalCodeCell.Read(codeCell, country);
        if (code.Problem is { } problem)
            cells.Report(codeField, problem, Severity.ValueDropped);
        return new AddressReading(cells.Text(street, MemberField.Street, 200), code.Value, cells.Text(town, MemberField.Town, 100), country ?? named);
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
