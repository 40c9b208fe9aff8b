using Association.Platform.Data.Kernel;

namespace Association.Platform.Documents.Qr;

/// <summary>A SEPA credit transfer to be read by a banking app (EPC069-12 „GiroCode“).</summary>
/// <param name="Recipient">Name of the payee, up to 70 characters.</param>
/// <param name="Iban">Of the payee; blanks are taken out.</param>
/// <param name="Bic">Of the payee's bank, 8 or 11 characters, or null: not needed inside the EEA.</param>
/// <param name="Amount">0.01 to 999,999,999.99 euro; null lets the payer type it.</param>
/// <param name="Text">Unstructured remittance text, up to 140 characters: the invoice number and member number.</param>
public sealed record EpcPayment(string Recipient, string Iban, string? Bic, Money? Amount, string Text);
