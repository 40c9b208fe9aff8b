using Association.Platform.Data.Settings;
using Association.Platform.Messaging;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Office.Settings.Profile;

/// <summary>Somebody looked the association's own data over: they are right. Until then <em>Heute</em> asks for it.</summary>
/// <param name="Seen">The version that was looked at.</param>
[Permission(SettingsModule.Edit)]
internal sealed record ConfirmSettings(int Seen) : ICommand;

internal static class ConfirmSettingsHandler
{
    public static Task<AssociationProfile> LoadAsync(ConfirmSettings _, IAssociationProfiles profiles, CancellationToken ct) => profiles.CurrentAsync(ct);

    public static Problem? Validate(ConfirmSettings command, AssociationProfile profile, IStringLocalizer<SettingsTexts> texts)
    {
        var missing = AssociationData.Missing(profile).Select(f => texts["Field." + f].Value).ToList();
        return missing.Count > 0 ? new("", texts["Review.Missing", string.Join(", ", missing)])
            : command.Seen != profile.Version ? new("", texts["Review.Changed"])
            : null;
    }

    public static Task HandleAsync(ConfirmSettings command, IUnitOfWork unit, CancellationToken ct) =>
        unit.Connection.ExecuteAsync(
            new CommandDefinition(
                "insert into platform.settings_review (profile_version) values (@Seen) on conflict do nothing",
                new { command.Seen },
                unit.Transaction,
                cancellationToken: ct
            )
        );
}
