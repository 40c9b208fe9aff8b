using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Membership.SelfDeclarations.Answers;

/// <summary>What an answer may be, whether the member types it or the office notes it on the phone.</summary>
internal static class AnswerRules
{
    /// <summary>More beds, people or inhabitants than this has nobody.</summary>
    private const long Most = 99_999_999;

    private const int LongestName = 200;
    private const int LongestReason = 1000;
    private const int LongestRemark = 2000;

    /// <summary>What keeps it from being stored; the fields are those of the form.</summary>
    public static IEnumerable<Problem> Stored(long? value, string by, string reason, string remark, IStringLocalizer<DeclarationTexts> texts)
    {
        if (value is < 0)
            yield return new Problem("Value", texts["Problem.Negative"]);
        if (value is > Most)
            yield return new Problem("Value", texts["Problem.TooBig", Formats.Number(Most)]);
        foreach (var (field, text, longest) in new[] { ("By", by, LongestName), ("Reason", reason, LongestReason), ("Remark", remark, LongestRemark) })
            if (text.Length > longest)
                yield return new Problem(field, texts["Problem.TooLong", Formats.Number(text.Length), Formats.Number(longest)]);
    }

    /// <summary>What is missing before it can be sent off.</summary>
    public static IEnumerable<Problem> Whole(long? value, string by, string reason, int? last, IStringLocalizer<DeclarationTexts> texts)
    {
        if (value is null)
            yield return new Problem("Value", texts["Problem.NoValue"]);
        if (by.Length == 0)
            yield return new Problem("By", texts["Problem.NoName"]);
        if (value is { } number and >= 0 and <= Most && reason.Length == 0 && Plausibility.Deviates(number, last))
            yield return new Problem("Reason", texts["Problem.NoReason", Formats.Number(number), Formats.Number(last!.Value)]);
    }
}
