using Association.Billing.Data;

namespace Association.Billing.Printing.Letters;

/// <summary>What a covering letter can say about its member and invoice.</summary>
internal enum CoverField
{
    Salutation,
    Name,
    MemberNumber,
    InvoiceNumber,
    Year,
    Amount,
    Due,
    Calculation,
    Reason,

    /// <summary>The sentence that fits: more, the same, less, or the first time.</summary>
    Change,

    // Only inside those sentences, where there is something to compare with.
    PreviousYear,
    FullYear,
    LastYear,
    Difference,
    Percent,
}

/// <summary>Names of the fields as people write them between braces, in German, French or English, whatever the letter's language.</summary>
internal static class CoverFields
{
    private static readonly (CoverField Field, string[] Names)[] All =
    [
        (CoverField.Salutation, ["Anrede", "Civilité", "Salutation"]),
        (CoverField.Name, ["Name", "Nom", "MemberName"]),
        (CoverField.MemberNumber, ["Mitgliedsnummer", "NuméroAdhérent", "MemberNumber"]),
        (CoverField.InvoiceNumber, ["Rechnungsnummer", "NuméroFacture", "InvoiceNumber"]),
        (CoverField.Year, ["Jahr", "Année", "Year"]),
        (CoverField.Amount, ["Betrag", "Montant", "Amount"]),
        (CoverField.Due, ["Fälligkeit", "Échéance", "Due"]),
        (CoverField.Calculation, ["Berechnung", "Calcul", "Calculation"]),
        (CoverField.Reason, ["Grund", "Motif", "Reason"]),
        (CoverField.Change, ["Veränderung", "Évolution", "Change"]),
        (CoverField.PreviousYear, ["Vorjahr", "AnnéePrécédente", "PreviousYear"]),
        (CoverField.FullYear, ["Jahresbetrag", "MontantAnnuel", "FullYear"]),
        (CoverField.LastYear, ["Vorjahresbetrag", "MontantPrécédent", "LastYear"]),
        (CoverField.Difference, ["Erhöhung", "Différence", "Difference"]),
        (CoverField.Percent, ["Prozent", "Pourcentage", "Percent"]),
    ];

    private static readonly Dictionary<string, CoverField> ByName =
        All.SelectMany(f => f.Names.Select(name => (Key: PlainText.Of(name, separate: false), f.Field))).DistinctBy(f => f.Key).ToDictionary(f => f.Key, f => f.Field, StringComparer.Ordinal);

    /// <summary>Whether the field stands only in the sentences that compare with the year before.</summary>
    public static bool Compares(CoverField field) => field >= CoverField.PreviousYear;

    /// <summary>The field's name in a language.</summary>
    public static string NameOf(CoverField field, string language) => All.First(f => f.Field == field).Names[language switch { "fr" => 1, "en" => 2, _ => 0 }];

    public static CoverField? Find(string name) => ByName.TryGetValue(PlainText.Of(name, separate: false), out var field) ? field : null;

    /// <summary>The field whose name looks most like it; null when none does.</summary>
    public static CoverField? Nearest(string name)
    {
        var key = PlainText.Of(name, separate: false);
        var (distance, field) = ByName.Select(n => (Distance: Distance(key, n.Key), n.Value)).MinBy(n => n.Distance);
        return distance <= Math.Max(1, key.Length / 3) ? field : null;
    }

    // Letters to change, add or leave out (Levenshtein); names are short.
    private static int Distance(string a, string b)
    {
        var before = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var row = new int[b.Length + 1];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++) row[j] = Math.Min(Math.Min(row[j - 1], before[j]) + 1, before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            before = row;
        }
        return before[b.Length];
    }
}
