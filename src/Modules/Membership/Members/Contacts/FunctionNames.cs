using Association.Membership.Members.Model;
using Association.Platform.Web.Components;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Contacts;

internal static class FunctionNames
{
    /// <summary>What it is called there, or what it is.</summary>
    public static string Of(ContactFunction function, IStringLocalizer<MembersTexts> texts) =>
        Of(function.Title, function.Kind, texts[$"Function.{function.Kind}"]);

    /// <summary>„Pflegedirektorin (Geschäftsführung)“, but „Vorstand“, not „Vorstand (Vorstand)“.</summary>
    public static string Of(string title, FunctionKind kind, string name) =>
        title.Length == 0 ? name
        : kind == FunctionKind.Other || title.Contains(name, StringComparison.CurrentCultureIgnoreCase) ? title
        : $"{title} ({name})";

    public static IReadOnlyList<SelectOption> Options(IStringLocalizer<MembersTexts> texts) =>
        [.. Enum.GetValues<FunctionKind>().Select(k => new SelectOption(k.ToString(), texts[$"Function.{k}"]))];
}
