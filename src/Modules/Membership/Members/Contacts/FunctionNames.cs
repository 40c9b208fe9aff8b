using Association.Membership.Members.Model;
using Association.Platform.Web.Components;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Members.Contacts;

internal static class FunctionNames
{
    /// <summary>What it is called there, or what it is.</summary>
    public static string Of(ContactFunction function, IStringLocalizer<MembersTexts> texts) =>
        function.Title.Length > 0 && function.Kind == FunctionKind.Other ? function.Title
        : function.Title.Length > 0 ? $"{function.Title} ({texts[$"Function.{function.Kind}"]})"
        : texts[$"Function.{function.Kind}"];

    public static IReadOnlyList<SelectOption> Options(IStringLocalizer<MembersTexts> texts) =>
        [.. Enum.GetValues<FunctionKind>().Select(k => new SelectOption(k.ToString(), texts[$"Function.{k}"]))];
}
