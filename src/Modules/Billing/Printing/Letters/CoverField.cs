using Association.Platform.Documents.Letters.Fields;

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
    public static readonly LetterFields<CoverField> All = new(
        new FieldName<CoverField>(CoverField.Salutation, "Anrede", "Civilité", "Salutation"),
        new FieldName<CoverField>(CoverField.Name, "Name", "Nom", "MemberName"),
        new FieldName<CoverField>(CoverField.MemberNumber, "Mitgliedsnummer", "NuméroMembre", "MemberNumber"),
        new FieldName<CoverField>(CoverField.InvoiceNumber, "Rechnungsnummer", "NuméroFacture", "InvoiceNumber"),
        new FieldName<CoverField>(CoverField.Year, "Jahr", "Année", "Year"),
        new FieldName<CoverField>(CoverField.Amount, "Betrag", "Montant", "Amount"),
        new FieldName<CoverField>(CoverField.Due, "Fälligkeit", "Échéance", "Due"),
        new FieldName<CoverField>(CoverField.Calculation, "Berechnung", "Calcul", "Calculation"),
        new FieldName<CoverField>(CoverField.Reason, "Grund", "Motif", "Reason"),
        new FieldName<CoverField>(CoverField.Change, "Veränderung", "Évolution", "Change"),
        new FieldName<CoverField>(CoverField.PreviousYear, "Vorjahr", "AnnéePrécédente", "PreviousYear"),
        new FieldName<CoverField>(CoverField.FullYear, "Jahresbetrag", "MontantAnnuel", "FullYear"),
        new FieldName<CoverField>(CoverField.LastYear, "Vorjahresbetrag", "MontantPrécédent", "LastYear"),
        new FieldName<CoverField>(CoverField.Difference, "Erhöhung", "Différence", "Difference"),
        new FieldName<CoverField>(CoverField.Percent, "Prozent", "Pourcentage", "Percent")
    );

    /// <summary>Whether the field stands only in the sentences that compare with the year before.</summary>
    public static bool Compares(CoverField field) => field >= CoverField.PreviousYear;
}
