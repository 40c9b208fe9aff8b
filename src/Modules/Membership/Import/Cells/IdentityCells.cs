using System.Text.RegularExpressions;
using Association.Membership.Import.Reading;
using Association.Platform.Data.Kernel;

namespace Association.Membership.Import.Cells;

/// <summary>Reads account numbers with blanks, small letters or words beside them.</summary>
internal static partial class IbanCell
{
    private const int Longest = 200; // with words and a BIC beside it

    /// <summary>The IBAN without blanks.</summary>
    public static CellReading<string> Read(ListCell? cell)
    {
        if (cell is null)
            return default;
        if (cell.Kind == ListCellKind.Error)
            return CellReading<string>.Failed(cell);
        if (NoValue.Is(cell.Text))
            return default;
        if (cell.Text.Length > Longest)
            return CellReading<string>.Wrong("NotAnIban");
        var typed = Noise().Replace(cell.Text.Trim(), "");
        if (Iban.TryParse(typed, out var iban, out var fault))
            return new(iban.Value);
        return fault switch
        {
            IbanFault.CheckDigits => CellReading<string>.Wrong("IbanCheckDigits"),
            IbanFault.Length => CellReading<string>.Wrong("IbanLength", typed.Count(char.IsLetterOrDigit), Iban.LengthIn(typed[..2].ToUpperInvariant()) ?? 0),
            IbanFault.Country => CellReading<string>.Wrong("IbanCountry"),
            _ => CellReading<string>.Wrong("NotAnIban"),
        };
    }

    [GeneratedRegex(@"^IBAN\s*:?\s*|[-._]|\s*[,;/]?\s*BIC\b.*$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Noise();
}

/// <summary>Reads e-mail addresses; a spelled-out @ is a mistake with a suggestion.</summary>
internal static partial class EmailCell
{
    private const int Longest = 1000; // several addresses

    public static CellReading<string> Read(ListCell? cell)
    {
        if (cell is null)
            return default;
        if (cell.Kind == ListCellKind.Error)
            return CellReading<string>.Failed(cell);
        if (cell.Text.Length > Longest)
            return CellReading<string>.Wrong("NotAnEmail");
        var text = MailTo().Replace(cell.Text.Trim(), "").TrimEnd('.', ',', ';', '>').TrimStart('<');
        if (NoValue.Is(text))
            return default;
        if (EmailAddress.TryParse(text, out var address, out var fault))
            return new(address.Value);
        if (
            fault == EmailFault.Several
            && text.Split([';', ',', ' ', '/'], StringSplitOptions.RemoveEmptyEntries) is { Length: > 1 } several
            && several.All(s => EmailAddress.TryParse(s, out _, out _))
        )
            return new(several[0], Notice: new Reason("FirstEmailOnly"));
        var meant = Blank()
            .Replace(At().Replace(Dot().Replace(text, "."), "@"), "")
            .Replace("@@", "@", StringComparison.Ordinal)
            .Replace("..", ".", StringComparison.Ordinal)
            .Replace(",", ".", StringComparison.Ordinal);
        var suggestion = EmailAddress.TryParse(meant, out var suggested, out _) ? suggested.Value : null;
        return new(
            null,
            new Reason(
                fault == EmailFault.SpelledOut ? "EmailSpelledOut"
                : fault == EmailFault.NoAt ? "EmailWithoutAt"
                : "NotAnEmail"
            ),
            suggestion
        );
    }

    [GeneratedRegex(@"^(mailto:|e-?mail:)\s*", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex MailTo();

    [GeneratedRegex(@"\s*(\(at\)|\[at\]|\{at\}|<at>|\(ät\)|\s+at\s+|\s+ät\s+)\s*", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex At();

    [GeneratedRegex(@"\s*(\(dot\)|\[dot\]|\(punkt\)|\[punkt\])\s*", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Dot();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Blank();
}

/// <summary>Reads Leitweg-IDs and other references that a public body wants on its invoices.</summary>
internal static partial class BuyerReferenceCell
{
    private const int Longest = 60;

    /// <param name="cell">The cell.</param>
    /// <param name="leitwegId">The header says that these are Leitweg-IDs; otherwise only what looks like one is checked.</param>
    public static CellReading<string> Read(ListCell? cell, bool leitwegId)
    {
        if (cell is null || (cell.Kind != ListCellKind.Error && NoValue.Is(cell.Text)))
            return default;
        if (cell.Kind == ListCellKind.Error)
            return CellReading<string>.Failed(cell);
        if (cell.Text.Length > 4 * Longest)
            return leitwegId ? CellReading<string>.Wrong("NotALeitwegId") : CellReading<string>.Wrong("TooLong", Longest);
        var text = Dashes().Replace(cell.Text.Trim(), "-");
        if (LeitwegId.TryParse(text, out var id, out var fault))
            return new(id.Value);
        if (fault == LeitwegIdFault.CheckDigits)
            return CellReading<string>.Wrong("LeitwegCheckDigits");
        return leitwegId ? CellReading<string>.Wrong("NotALeitwegId")
            : text.Length > Longest ? CellReading<string>.Wrong("TooLong", Longest)
            : new(text);
    }

    [GeneratedRegex(@"\s*[‐‑‒–—-]\s*", RegexOptions.NonBacktracking)]
    private static partial Regex Dashes();
}
