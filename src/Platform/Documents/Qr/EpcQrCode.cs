using System.Collections;
using System.Text;
using Association.Platform.Data.Kernel;

namespace Association.Platform.Documents.Qr;

/// <summary>
/// The QR code of a credit transfer: EPC069-12 version 002, UTF-8, error correction M, at most 331 bytes (version 13).
/// </summary>
public static class EpcQrCode
{
    private const int LongestPayload = 331;
    private const int LongestName = 70;
    private const int LongestText = 140;

    /// <summary>The text in the code, line by line as the guideline has it.</summary>
    /// <exception cref="ArgumentException">The payment breaks a rule of the guideline; the message says which.</exception>
    public static string Payload(EpcPayment payment)
    {
        ArgumentNullException.ThrowIfNull(payment);
        var name = CleanText.Line(payment.Recipient).Trim();
        var text = CleanText.Line(payment.Text).Trim();
        var iban = payment.Iban.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        var bic = payment.Bic?.Trim().ToUpperInvariant() ?? "";
        Require(name.Length > 0, "The recipient is missing.");
        Require(IsIban(iban), "The IBAN's check digits do not match.");
        Require(bic.Length is 0 or 8 or 11 && bic.All(char.IsAsciiLetterOrDigit), "A BIC has 8 or 11 letters and digits.");
        Require(payment.Amount is not { } a || a.Amount is >= 0.01m and <= 999_999_999.99m, "An amount lies between 0.01 and 999,999,999.99 euro.");
        Require(text.Length <= LongestText, "The text is longer than 140 characters.");

        // Banks compare the first 70 characters; a longer name is cut, not refused.
        if (name.Length > LongestName)
            name = name[..LongestName].TrimEnd();

        // 10 is a structured reference, which is not used together with 11; nothing may follow the last line in use.
        string[] lines = ["BCD", "002", "1", "SCT", bic, name, iban, payment.Amount is { } amount ? "EUR" + amount : "", "", "", text];
        var payload = string.Join('\n', lines).TrimEnd('\n');
        Require(Encoding.UTF8.GetByteCount(payload) <= LongestPayload, "Recipient and text together are longer than the code holds.");
        return payload;
    }

    /// <summary>The code's dark modules, row by row, without the quiet zone: leave four modules of white around it.</summary>
    /// <exception cref="ArgumentException">The payment breaks a rule of the guideline.</exception>
    public static IReadOnlyList<BitArray> Modules(EpcPayment payment) => QrModules.Of(Encoding.UTF8.GetBytes(Payload(payment)));

    // ISO 13616: the first four characters go to the end, letters count from 10, the whole modulo 97 is 1.
    private static bool IsIban(string iban)
    {
        if (iban.Length is < 15 or > 34 || !iban.All(char.IsAsciiLetterOrDigit))
            return false;
        var rest = 0;
        for (var i = 0; i < iban.Length; i++)
        {
            var c = iban[(i + 4) % iban.Length];
            rest = char.IsAsciiDigit(c) ? (rest * 10 + (c - '0')) % 97 : (rest * 100 + (c - 'A' + 10)) % 97;
        }

        return rest == 1;
    }

    private static void Require(bool holds, string rule)
    {
        if (!holds)
            throw new ArgumentException(rule);
    }
}
