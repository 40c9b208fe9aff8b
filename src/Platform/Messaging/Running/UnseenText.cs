using Association.Platform.Data.Kernel;

namespace Association.Platform.Messaging.Running;

/// <summary>
/// Finds characters in the texts of a command that nobody sees: they would make two names of one, break a line of a mail's head, or stand as a box in a
/// letter. Forms and lists clean them away; what comes by another way, such as a verb, is refused.
/// </summary>
internal static class UnseenText
{
    /// <summary>The names of the properties with such a text; those of a record in it as <c>Recipient.Lines</c>.</summary>
    public static IReadOnlyList<string> In(object message) =>
        [.. CommandValues.Of(message).Where(v => v.Value is string text && IsUnseen(text)).Select(v => v.Name).Distinct()];

    // Breaks and tabs are for whoever takes the text to judge.
    private static bool IsUnseen(string text) =>
        CleanText.Lines(text) is var clean
        && !string.Equals(clean, text, StringComparison.Ordinal)
        && !string.Equals(clean, text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
}
