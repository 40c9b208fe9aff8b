using Association.Office.People.Data;
using Association.Platform.Web.Modules;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Association.Office.People.SignIn;

/// <summary>
/// Refuses what is tried first: one or a few of the commonest words, with digits, signs and exchanged letters around them; rows of the keyboard and of the
/// alphabet; repetitions; the person's own name. A short sentence of ordinary words passes.
/// </summary>
internal sealed class CommonPasswords(IdentityDb db, IStringLocalizer<PeopleTexts> texts) : IPasswordValidator<Person>
{
    private const int MostWords = 3;
    private const int LeastOwn = 5;
    private const int ShortestRow = 3;

    private static readonly string[] Rows =
    [
        "abcdefghijklmnopqrstuvwxyz",
        "01234567890",
        "qwertzuiopü",
        "qwertyuiop",
        "azertyuiop",
        "asdfghjklöä",
        "qsdfghjklm",
        "yxcvbnm",
        "zxcvbnm",
        "wxcvbn",
        "^1234567890ß",
        "1qay2wsx3edc4rfv5tgb6zhn7ujm",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
        "!\"§$%&/()=",
        "!@#$%^&*()",
    ];

    public async Task<IdentityResult> ValidateAsync(UserManager<Person> manager, Person user, string? password)
    {
        if (password is null || !IsCommon(password, user.UserName ?? "", user.DisplayName))
            return IdentityResult.Success;
        // The demo's own password is known to everybody, and stays where everybody is meant to get in.
        return
            password == DemoPeople.Password
            && await db.Database.SqlQuery<bool>($"select exists (select from platform.installation where kind = 'demo') as \"Value\"").SingleAsync()
            ? IdentityResult.Success
            : IdentityResult.Failed(new IdentityError { Code = "PasswordCommon", Description = texts["Error.PasswordCommon"] });
    }

    /// <summary>Whether somebody who guesses would come upon it early.</summary>
    /// <param name="password">As chosen.</param>
    /// <param name="names">The login and the name of the person.</param>
    public static bool IsCommon(string password, params IEnumerable<string> names)
    {
        var typed = password.ToLowerInvariant();
        if (typed.Distinct().Count() < LeastOwn || IsRepetition(typed) || WithoutRows(typed).Length < LeastOwn)
            return true;
        foreach (var name in names.SelectMany(n => n.ToLowerInvariant().Split(' ', '.', '-', '_', '@')).Where(n => n.Length >= LeastOwn - 1))
            typed = typed.Replace(name, "", StringComparison.Ordinal);
        var letters = Letters(typed);
        return letters.Length < LeastOwn || IsOfCommonWords(letters, MostWords);
    }

    private static bool IsRepetition(string typed) =>
        Enumerable
            .Range(1, typed.Length / 2)
            .Any(length => length < 2 * LeastOwn && Enumerable.Range(0, typed.Length - length).All(i => typed[i] == typed[i + length]));

    private static string WithoutRows(string typed)
    {
        var left = new System.Text.StringBuilder();
        for (var at = 0; at < typed.Length; )
        {
            var row = LongestRow(typed, at);
            if (row < ShortestRow)
                left.Append(typed[at]);
            at += Math.Max(row < ShortestRow ? 1 : row, 1);
        }
        return left.ToString();
    }

    private static int LongestRow(string typed, int at)
    {
        var longest = 1;
        foreach (var row in Rows)
        foreach (var step in (int[])[1, -1])
            for (var place = row.IndexOf(typed[at], StringComparison.Ordinal); place >= 0; place = row.IndexOf(typed[at], place + 1))
            {
                var length = 1;
                while (
                    at + length < typed.Length
                    && place + (step * length) >= 0
                    && place + (step * length) < row.Length
                    && row[place + (step * length)] == typed[at + length]
                )
                    length++;
                longest = Math.Max(longest, length);
            }
        return longest;
    }

    // As people exchange them: „P4ssw0rt!“. Digits and signs around a word add little.
    private static string Letters(string typed)
    {
        var inner = typed.Trim([.. "0123456789 !?.,;:-_+*/#&%$€§=()<>\"'@^°~"]);
        return string.Concat(
            inner
                .Select(c =>
                    c switch
                    {
                        '0' => 'o',
                        '1' or '!' or '|' => 'i',
                        '3' or '€' => 'e',
                        '4' or '@' => 'a',
                        '5' or '$' => 's',
                        '7' => 't',
                        _ => c,
                    }
                )
                .Where(char.IsLetter)
        );
    }

    private static bool IsOfCommonWords(string letters, int most)
    {
        if (letters.Length == 0)
            return true;
        if (most == 0)
            return false;
        for (var length = Math.Min(letters.Length, CommonWords.Longest); length >= CommonWords.Shortest; length--)
            if (CommonWords.All.Contains(letters[..length]) && IsOfCommonWords(letters[length..], most - 1))
                return true;
        return false;
    }
}
