namespace Association.Membership.SelfDeclarations;

/// <summary>Whether a value asks for a reason. The generated column <c>declaration_request.deviates</c> says the same of what is stored.</summary>
internal static class Plausibility
{
    /// <summary>Half of last year's value or less, or twice or more (−50 %, +100 %).</summary>
    public static bool Deviates(long value, int? last) => last is { } before && value != before && (value * 2 <= before || value >= before * 2L);
}
