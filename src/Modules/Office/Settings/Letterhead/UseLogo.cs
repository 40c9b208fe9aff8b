using Association.Office.Settings.Changes;
using Association.Platform.Data.Settings;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Office.Settings.Letterhead;

/// <summary>Puts a logo to use, an older one again, or none: on pages at once, on letters from the next one on.</summary>
/// <param name="Seen">The version that the page showed.</param>
/// <param name="Logo">Null: none.</param>
[Permission(SettingsModule.Edit)]
internal sealed record UseLogo(int Seen, Guid? Logo) : ICommand;

internal static class UseLogoHandler
{
    public static async Task<Problem?> ValidateAsync(UseLogo command, AssociationLogos logos, IStringLocalizer<SettingsTexts> texts, CancellationToken ct) =>
        command.Logo is { } id && await logos.FindAsync(id, ct) is null ? new("", texts["Logo.Gone"]) : null;

    public static async Task HandleAsync(UseLogo command, SettingsEdits edits, AssociationLogos logos, CancellationToken ct)
    {
        var logo = command.Logo is { } id ? await logos.FindAsync(id, ct) : null;
        await edits.SaveAsync(command.Seen, SettingsGroup.Letterhead, (AssociationProfile profile) => profile with { LogoId = logo?.Id, Logo = logo }, ct);
    }
}
