using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Events.Planning.Model;

/// <summary>The last part of a public address: <c>gesundheitsforum-2026</c>.</summary>
internal static partial class Slugs
{
    public const int Longest = 80;
    private const int LongestTitle = 60;

    /// <summary>Small letters, digits and single hyphens.</summary>
    public static bool IsSlug(string text) => text.Length is > 1 and <= Longest && Pattern().IsMatch(text);

    /// <summary>Of a title: umlauts written out, without accents.</summary>
    public static string Of(string title, int year)
    {
        var plain = title
            .ToLowerInvariant()
            .Replace("ä", "ae", StringComparison.Ordinal)
            .Replace("ö", "oe", StringComparison.Ordinal)
            .Replace("ü", "ue", StringComparison.Ordinal)
            .Replace("ß", "ss", StringComparison.Ordinal)
            .Normalize(NormalizationForm.FormD);
        var text = new StringBuilder();
        foreach (var letter in plain)
            if (char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter))
                text.Append(letter);
            else if (text.Length > 0 && text[^1] != '-' && CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
                text.Append('-');
        var tail = year.ToString(CultureInfo.InvariantCulture);
        var head = text.ToString().TrimEnd('-');
        if (head.Length > LongestTitle)
            head = head[..(head.LastIndexOf('-', LongestTitle) is > 10 and var cut ? cut : LongestTitle)];
        return head.Length == 0 ? tail
            : head.EndsWith(tail, StringComparison.Ordinal) ? head
            : $"{head}-{tail}";
    }

    /// <summary>One that no other event has: with a number behind it, if need be.</summary>
    public static async Task<string> FreeAsync(IUnitOfWork unit, string title, int year, CancellationToken ct)
    {
        var slug = Of(title, year);
        var taken = (
            await unit.Connection.QueryAsync<string>(
                new CommandDefinition(
                    "select slug from events.mt_doc_eventplan where slug = @slug or slug like @slug || '-%'",
                    new { slug },
                    unit.Transaction,
                    cancellationToken: ct
                )
            )
        ).ToHashSet(StringComparer.Ordinal);
        return taken.Contains(slug) ? $"{slug}-{Enumerable.Range(2, taken.Count + 1).First(n => !taken.Contains($"{slug}-{n}"))}" : slug;
    }

    /// <summary>Whether another event has it.</summary>
    public static Task<bool> IsTakenAsync(IUnitOfWork unit, string slug, Guid own, CancellationToken ct) =>
        unit.Connection.ExecuteScalarAsync<bool>(
            new CommandDefinition(
                "select exists (select from events.mt_doc_eventplan where slug = @slug and id <> @own)",
                new { slug, own },
                unit.Transaction,
                cancellationToken: ct
            )
        );

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
