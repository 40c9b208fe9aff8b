using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Association.Platform.Data.Users;
using Association.Platform.Messaging.Operation;
using Microsoft.Extensions.Localization;

namespace Association.Office.Operation.Messages.DeadLetters;

/// <summary>What a dead letter holds, for reading.</summary>
internal static partial class LetterTexts
{
    private const int Longest = 300;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }; // the page escapes it

    /// <summary>What the exception says, without its class, its number and its stack.</summary>
    public static string FirstLine(DeadLetter letter)
    {
        var line = letter.ExceptionText.Split('\n', 2)[0].Trim();
        if (line.StartsWith(letter.ExceptionType, StringComparison.Ordinal))
            line = Opening().Replace(line[letter.ExceptionType.Length..], "", 1);
        return line.Length <= Longest ? line : line[..Longest] + "…";
    }

    /// <summary>The person, or the product itself.</summary>
    public static string CausedBy(string? userName, IStringLocalizer<MessagesTexts> texts) =>
        userName is null || userName == Actor.System.Name ? texts["Letter.Product"] : userName;

    /// <summary>JSON, a value a line.</summary>
    public static string Pretty(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document.RootElement, Indented);
    }

    [GeneratedRegex(@"^( \(0x[0-9A-Fa-f]+\))?:? ", RegexOptions.NonBacktracking)]
    private static partial Regex Opening();
}
