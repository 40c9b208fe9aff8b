using Association.Platform.Web.Components;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Localization;

namespace Association.Office.People.Administration;

internal static class RoleOptions
{
    /// <summary>The roles in the reader's language, each with what it may.</summary>
    public static IReadOnlyList<SelectOption> All(IStringLocalizer<PeopleTexts> texts) =>
        [.. Roles.All.Select(role => new SelectOption(role, $"{texts[$"Role.{role}"]}: {texts[$"RoleMay.{role}"]}"))];
}
