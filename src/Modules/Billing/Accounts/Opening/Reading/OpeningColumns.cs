using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Excel;

namespace Association.Billing.Accounts.Opening.Reading;

/// <summary>What a column of the list says.</summary>
internal enum OpeningColumn
{
    Number,
    Name,
    Open,
    Credit,
    Origin,
    DueOn,
}

/// <summary>The header of the list: which column says what, by the words above it in German, French or English.</summary>
/// <param name="Row">Number of the header's row.</param>
/// <param name="Columns">1-based columns; the origin may stand in several (document and year).</param>
/// <param name="NotRead">Headers that mean nothing here.</param>
/// <param name="Doubled">What two columns say although only one can.</param>
internal sealed record OpeningColumns(int Row, ILookup<OpeningColumn, int> Columns, IReadOnlyList<string> NotRead, IReadOnlyList<OpeningColumn> Doubled)
{
    private const int RowsToLookAt = 30;

    private static readonly Dictionary<string, OpeningColumn> Words = Build(
        (
            OpeningColumn.Number,
            "mitgliedsnummer mitgliedsnr mitgliednr mitgliednummer mitglnr mnr nr nummer debitor debitorennr debitorennummer kundennr "
                + "kundennummer number no memberno membernumber memberid numero numeroadherent numerodadherent nadherent noadherent numerodemembre "
                + "numerodumembre numeromembre nmembre nomembre"
        ),
        (
            OpeningColumn.Name,
            "name mitglied mitgliedsname firma bezeichnung kunde debitorname organisation member membername customer nom adherent nomdeladherent "
                + "membre nomdumembre raisonsociale"
        ),
        (
            OpeningColumn.Open,
            "offen offenerbetrag offenbetrag offenebetraege forderung forderungen rest restbetrag offenerposten offeneposten open openamount "
                + "amountopen outstanding receivable ouvert montantouvert restedu apayer resteapayer creance"
        ),
        (OpeningColumn.Credit, "guthaben ueberzahlung ueberzahlt credit credits creditbalance overpaid avoir tropercu"),
        (
            OpeningColumn.Origin,
            "beleg belegjahr belegnr belegnummer rechnung rechnungsnr rechnungsnummer jahr beitragsjahr text belegtext herkunft document "
                + "documentyear documentno invoice invoicenumber invoiceno year reference piece facture nfacture numerodefacture annee"
        ),
        (OpeningColumn.DueOn, "faellig faelligam faelligkeit faelligkeitsdatum due dueon duedate echeance dateecheance datedecheance")
    );

    public int? Of(OpeningColumn column) => Columns[column].Select(c => (int?)c).FirstOrDefault();

    /// <summary>The first row that names a member's number and an amount; null when none does.</summary>
    public static OpeningColumns? Find(SpreadsheetSheet sheet) => sheet.Rows.Take(RowsToLookAt).Select(Read).FirstOrDefault(h => h is not null);

    private static OpeningColumns? Read(SpreadsheetRow row)
    {
        var named = row
            .Cells.Where(c => c.Kind == CellKind.Text)
            .Select(c => (Cell: c, Found: Words.TryGetValue(Key(c.Text), out var column) ? column : (OpeningColumn?)null))
            .ToList();
        var columns = named.Where(n => n.Found is not null).ToLookup(n => n.Found!.Value, n => n.Cell.Column);
        if (!columns.Contains(OpeningColumn.Number) || (!columns.Contains(OpeningColumn.Open) && !columns.Contains(OpeningColumn.Credit)))
            return null;
        return new OpeningColumns(
            row.Number,
            columns,
            [.. named.Where(n => n.Found is null).Select(n => n.Cell.Text.Trim()).Where(t => t.Length > 0)],
            [.. columns.Where(c => c.Key != OpeningColumn.Origin && c.Count() > 1).Select(c => c.Key)]
        );
    }

    // Letters and digits only, as a keyboard without umlauts and accents writes them; what stands in brackets (a unit, a remark) is left out.
    private static string Key(string header)
    {
        var bare = header.IndexOf('(', StringComparison.Ordinal) is > 0 and var bracket ? header[..bracket] : header;
        return PlainText.Of(bare, separate: false);
    }

    private static Dictionary<string, OpeningColumn> Build(params (OpeningColumn Column, string Words)[] entries) =>
        entries.SelectMany(e => e.Words.Split(' ').Select(w => (w, e.Column))).ToDictionary(e => e.w, e => e.Column, StringComparer.Ordinal);
}
