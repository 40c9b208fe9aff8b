using System.Text.RegularExpressions;
using Association.Platform.Web.Localisation;

namespace Association.Membership.Import.Cells;

/// <summary>What a remark asks for that the office has to see to.</summary>
/// <param name="NoPost">„bitte KEINE Post“.</param>
/// <param name="OtherRecipient">„Rechnung an Träger“.</param>
/// <param name="Reduction">„Beitrag ermäßigt lt. Vorstand“.</param>
/// <param name="ReductionPercent">The percentage, when the remark names one.</param>
/// <param name="AlwaysTransfer">„zahlt immer per Überweisung“.</param>
internal readonly record struct RemarkMeaning(bool NoPost, bool OtherRecipient, bool Reduction, decimal? ReductionPercent, bool AlwaysTransfer);

/// <summary>Recognises in remarks what must become a task.</summary>
internal static partial class RemarkCell
{
    public static RemarkMeaning Read(string? remark)
    {
        if (string.IsNullOrWhiteSpace(remark))
            return default;
        var reduced = Reduced().IsMatch(remark);
        decimal? percent =
            reduced && Percent().Match(remark) is { Success: true } match
                ? TypedNumber.Read(match.Groups["p"].Value, ThreeDigits.Decimals, TypedUnits.None).Value
                : null;
        return new RemarkMeaning(
            NoMail().IsMatch(remark),
            BillTo().IsMatch(remark),
            reduced,
            percent is > 0 and <= 100 ? percent : null,
            ByTransfer().IsMatch(remark)
        );
    }

    [GeneratedRegex(
        @"\bkeine?\s+(brief)?post\b|\bkein\s+postversand\b|\bnicht\s+per\s+post\b|\bnur\s+(per\s+)?e-?mail\b|\bno\s+(post|mail|letters)\b|\be-?mail\s+only\b|\bpas\s+de\s+courrier\b",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking
    )]
    private static partial Regex NoMail();

    [GeneratedRegex(
        @"\b(beitrags)?rechnung(en)?\s+(bitte\s+)?(immer\s+)?(geht\s+|gehen\s+)?(an|über|zu\s+händen)\b|\bzahlt\s+der\s+träger\b|\binvoices?\s+(goes\s+|go\s+)?to\b|\bbill\s+to\b|\bfactures?\s+(à|au|aux)\b|\bfacturer\s+(à|au|aux)\b",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking
    )]
    private static partial Regex BillTo();

    [GeneratedRegex(
        @"\bermä(ß|ss)ig|\bermaessig|\bnachlass\b|\brabatt\b|\bbeitragsfrei\b|\behrenmitglied\b|\breduced\b|\breduction\b|\bdiscount\b|\bréduction\b|\bréduite?\b|\bréduit",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking
    )]
    private static partial Regex Reduced();

    [GeneratedRegex(
        @"(^|[^0-9])(?<p>[0-9]{1,3}([.,][0-9]{1,2})?)\s*(%|prozent\b|percent\b|pour\s?cent\b|v\.\s?H\.)",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking
    )]
    private static partial Regex Percent();

    [GeneratedRegex(
        @"\b(per|durch|mit)\s+überweisung\b|\büberweist\b|\bnur\s+überweisung\b|\bkein(e)?\s+(lastschrift|einzug|abbuchung)\b|\bby\s+(bank\s+)?transfer\b|\bno\s+direct\s+debit\b|\bpar\s+virement\b",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking
    )]
    private static partial Regex ByTransfer();
}
