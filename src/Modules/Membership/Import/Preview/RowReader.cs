using Association.Membership.Contracts;
using Association.Membership.Import.Cells;
using Association.Membership.Import.Mapping;
using Association.Membership.Import.Reading;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Pdf;

namespace Association.Membership.Import.Preview;

/// <summary>Reads one row of the list into what it says about a member.</summary>
/// <param name="mapping">What the columns mean.</param>
/// <param name="asOf">The list's reference date.</param>
/// <param name="today">Business date: entries far after it are mistakes.</param>
/// <param name="orders">What stands first in the days of a column.</param>
/// <param name="needed">Category to the count that its dues go by.</param>
internal sealed class RowReader(
    ListMapping mapping,
    DateOnly? asOf,
    DateOnly today,
    IReadOnlyDictionary<int, DayOrder> orders,
    IReadOnlyDictionary<string, string> needed
)
{
    private const int DaysAhead = 366;
    private static readonly MemberField[] DayFields = [MemberField.JoinedOn, MemberField.LeftOn, MemberField.NoticeReceivedOn, MemberField.MandateSignedOn];
    private static readonly (MemberField Field, string Measure)[] MeasureFields =
    [
        (MemberField.Beds, "beds"),
        (MemberField.Employees, "employees"),
        (MemberField.Inhabitants, "inhabitants"),
    ];

    // Looked up once: every row asks for every field.
    private readonly Dictionary<MemberField, ListColumn> _columns = mapping
        .Columns.Where(c => c.Field != MemberField.None)
        .GroupBy(c => c.Field)
        .ToDictionary(g => g.Key, g => g.First());
    private readonly ILookup<MemberField, ListColumn> _seconds = mapping.Columns.Where(c => c.Second != MemberField.None).ToLookup(c => c.Second);
    private readonly Dictionary<string, string?> _categories = mapping.Categories.ToDictionary(c => c.Word, c => c.Code, StringComparer.OrdinalIgnoreCase);

    /// <summary>The columns of a list whose cells are read as days.</summary>
    public static IEnumerable<int> DayColumns(ListMapping mapping) => mapping.Columns.Where(c => DayFields.Contains(c.Field)).Select(c => c.Index).Distinct();

    /// <param name="row">A row that holds a member.</param>
    /// <param name="block">The category that a heading above the row names, in lists without a column for it.</param>
    public ReadRow Read(ListRow row, string? block)
    {
        var cells = new RowCells(row, _columns, _seconds);
        cells.ReportSeconds();
        cells.ReportUnseen(mapping.Columns);
        if (row.Hidden)
            cells.Report(MemberField.Name, new Reason("HiddenRow"), Severity.Notice);
        var category = Category(cells, block);
        var address = AddressReading.Of(cells);
        var joined = Joined(cells);
        var left = Day(cells, MemberField.LeftOn);
        if (left < joined)
            cells.Report(MemberField.LeftOn, new Reason("ExitBeforeEntry", joined!.Value), Severity.RowRefused);
        var remark = cells.Text(
            string.Join(" · ", mapping.All(MemberField.Remark).Select(c => row.TextAt(c.Index)).Where(t => t.Length > 0)),
            MemberField.Remark,
            4000
        );
        var persons = ContactCell.Read(cells.Words(MemberField.Contact));
        var contact = persons.FirstOrDefault(p => !p.Deputy) ?? PersonBesideCompany(cells);
        var member = new ListedMember
        {
            Number = Number(cells),
            Name = Name(cells),
            Category = category,
            Street = address.Street,
            PostalCode = address.PostalCode,
            Town = address.Town,
            Country = address.Country,
            Measures = [.. Measures(cells, category)],
            JoinedOn = joined,
            LeftOn = left,
            NoticeReceivedOn = Day(cells, MemberField.NoticeReceivedOn),
            PriorDues = [.. PriorDues(cells, row)],
            Iban = cells.Take(MemberField.Iban, IbanCell.Read),
            MandateReference = cells.Text(cells.Words(MemberField.MandateReference), MemberField.MandateReference, 35),
            MandateSignedOn = Day(cells, MemberField.MandateSignedOn),
            Route = Route(cells.Words(MemberField.PaymentRoute)),
            Contact = contact is null ? null : Contact(cells, contact.Name),
            Deputy = cells.Text(
                (ContactCell.Read(cells.Words(MemberField.Deputy)) is [var deputy, ..] ? deputy.Name : null) ?? persons.FirstOrDefault(p => p.Deputy)?.Name,
                MemberField.Contact,
                200
            ),
            Email = cells.Take(MemberField.Email, EmailCell.Read),
            Phone = cells.Text(cells.Words(MemberField.Phone), MemberField.Phone, 60),
            BuyerReference = cells.Take(MemberField.BuyerReference, c => BuyerReferenceCell.Read(c, IsLeitweg())),
            Language = LanguageOf(cells.Words(MemberField.Language)),
            Remark = remark,
            Meaning = RemarkCell.Read(remark),
        };
        if (member.MandateReference is not null && !member.HasMandate && !cells.HasFinding(MemberField.Iban, MemberField.MandateSignedOn))
            cells.Report(MemberField.MandateReference, new Reason(member.Iban is null ? "MandateWithoutIban" : "MandateWithoutDate"), Severity.ValueDropped);
        ReportUnprintable(cells, member, address);
        return new ReadRow(row.Number, member, cells.Findings);
    }

    // What stands on an envelope or in a letter: a name that no font has would be printed as „?????“.
    private static void ReportUnprintable(RowCells cells, ListedMember member, AddressReading address)
    {
        foreach (
            var (field, text) in new[]
            {
                (MemberField.Name, member.Name),
                (MemberField.Street, address.Street),
                (MemberField.Town, address.Town),
                (MemberField.Contact, member.Contact?.Name),
            }
        )
            if (text is not null && PdfFont.CannotPrint(text) is { Length: > 0 } signs)
                cells.Report(field, new Reason("CannotPrint", signs), Severity.Notice);
    }

    private static string? Number(RowCells cells)
    {
        var number = cells.Words(MemberField.Number);
        return number is null ? null : cells.Text(number, MemberField.Number, 40, Severity.RowRefused);
    }

    private static string Name(RowCells cells)
    {
        var (name, last, first) = (cells.Words(MemberField.Name), cells.Words(MemberField.LastName), cells.Words(MemberField.FirstName));
        var full =
            name is not null && (last is not null || first is null || name.Contains(',', StringComparison.Ordinal))
                ? name
                : (last ?? name, first) switch
                {
                    ({ } family, { } given) => $"{family}, {given}",
                    var (family, given) => family ?? given,
                };
        if (full is not null)
            return cells.Text(full, MemberField.Name, 300, Severity.RowRefused) ?? "";
        if (!cells.HasFinding(MemberField.Name))
            cells.Report(MemberField.Name, new Reason("NoName"), Severity.RowRefused);
        return "";
    }

    // „Firma“ beside „Name“ and „Vorname“: the company is the member, the person its contact.
    private static ListedPerson? PersonBesideCompany(RowCells cells) =>
        cells.Words(MemberField.Name) is not null && cells.Words(MemberField.LastName) is { } last
            ? new ListedPerson($"{cells.Words(MemberField.FirstName)} {last}".Trim(), Deputy: false)
            : null;

    private string? Category(RowCells cells, string? block)
    {
        if (cells.Words(MemberField.Category) is not { } word)
        {
            if ((block ?? mapping.DefaultCategory) is { } named)
                return named;
            if (!cells.HasFinding(MemberField.Category))
                cells.Report(MemberField.Category, new Reason("NoCategory"), Severity.RowRefused);
            return null;
        }
        var code = _categories.GetValueOrDefault(word) ?? (CategoryWords.IsCode(word) ? word : null);
        if (code is null)
            cells.Report(MemberField.Category, new Reason("UnknownCategory"), Severity.RowRefused);
        return code;
    }

    private DateOnly? Day(RowCells cells, MemberField field) =>
        cells.Take(field, c => DateCell.Read(c, today.Year, _columns.TryGetValue(field, out var column) ? orders.GetValueOrDefault(column.Index) : default));

    private DateOnly? Joined(RowCells cells)
    {
        var joined = Day(cells, MemberField.JoinedOn);
        if (joined is null || joined.Value.DayNumber - today.DayNumber <= DaysAhead)
            return joined;
        cells.Report(MemberField.JoinedOn, new Reason("EntryFarAhead"), Severity.ValueDropped);
        return null;
    }

    private IEnumerable<ListedMeasure> Measures(RowCells cells, string? category)
    {
        foreach (var (field, measure) in MeasureFields)
            if (cells.Take(field, CountCell.Read) is { } value)
                yield return new ListedMeasure(measure, value, _columns[field].AsOf ?? asOf);
        if (MeasureOf(category) is { } needed && cells.Take(MemberField.Measure, CountCell.Read) is { } count)
            yield return new ListedMeasure(needed, count, _columns[MemberField.Measure].AsOf ?? asOf);
    }

    private IEnumerable<(int Year, Money Amount)> PriorDues(RowCells cells, ListRow row)
    {
        foreach (var column in mapping.All(MemberField.PriorDues).DistinctBy(c => c.Year))
            if (cells.Take(column, row[column.Index], MoneyCell.Read) is { } amount)
                yield return (column.Year ?? today.Year, amount);
    }

    private static ListedContact? Contact(RowCells cells, string name)
    {
        var title = cells.Text(cells.Words(MemberField.ContactFunction), MemberField.ContactFunction, 200) ?? "";
        return cells.Text(name, MemberField.Contact, 200) is { } kept ? new ListedContact(kept, FunctionWords.Find(title), title) : null;
    }

    private bool IsLeitweg() =>
        _columns.TryGetValue(MemberField.BuyerReference, out var column) && HeaderWords.Key(column.Header).Contains("leitweg", StringComparison.Ordinal);

    private string? MeasureOf(string? category) =>
        category is null ? null : needed.GetValueOrDefault(category) ?? NeededCounts.Usual.GetValueOrDefault(category);

    private static PaymentRoute? Route(string? words) =>
        HeaderWords.Key(words ?? "") switch
        {
            "lastschrift"
            or "sepalastschrift"
            or "einzug"
            or "bankeinzug"
            or "abbuchung"
            or "sepa"
            or "ls"
            or "directdebit"
            or "debit"
            or "prelevement"
            or "prelevementsepa" => PaymentRoute.DirectDebit,
            "ueberweisung" or "rechnung" or "ue" or "transfer" or "banktransfer" or "invoice" or "virement" or "facture" => PaymentRoute.Transfer,
            _ => null,
        };

    private static string? LanguageOf(string? words) =>
        HeaderWords.Key(words ?? "") switch
        {
            "de" or "d" or "deutsch" or "german" or "allemand" => "de",
            "fr" or "f" or "franzoesisch" or "francais" or "french" => "fr",
            "en" or "e" or "englisch" or "english" or "anglais" => "en",
            _ => null,
        };
}
