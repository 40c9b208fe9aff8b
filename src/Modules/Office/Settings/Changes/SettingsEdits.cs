using Association.Platform.Data.Settings;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Association.Office.Settings.Changes;

/// <summary>Saves a part of the settings so that nobody's work is lost: other parts may have changed meanwhile, this one not.</summary>
internal sealed class SettingsEdits(
    IAssociationProfiles profiles,
    IOfficeRules rules,
    SettingsReader reader,
    IUnitOfWork unit,
    IStringLocalizer<SettingsTexts> texts
)
{
    /// <summary>Keeps a new version of the association's data; nothing when nothing is different.</summary>
    /// <param name="seen">The version that the form was filled with.</param>
    /// <param name="group">What the form holds.</param>
    /// <param name="change">Puts the form's values over what holds now.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ConcurrentEditException">Somebody changed the same group meanwhile.</exception>
    public async Task SaveAsync(int seen, SettingsGroup group, Func<AssociationProfile, AssociationProfile> change, CancellationToken ct)
    {
        var current = await profiles.CurrentAsync(ct);
        if (seen != current.Version)
            await RefuseAsync(await profiles.VersionAsync(Known(seen, current.Version), ct), current, group, ct);
        var wished = change(current);
        if (wished != current && await profiles.SaveAsync(unit.Connection, wished, null, ct) is null)
            throw new ConcurrentEditException(texts["Conflict.Now"]);
    }

    /// <summary>Keeps a new version of the rules; nothing when nothing is different.</summary>
    /// <inheritdoc cref="SaveAsync(int, SettingsGroup, Func{AssociationProfile, AssociationProfile}, CancellationToken)"/>
    public async Task SaveAsync(int seen, SettingsGroup group, Func<OfficeRules, OfficeRules> change, CancellationToken ct)
    {
        var current = await rules.CurrentAsync(ct);
        if (seen != current.Version)
            await RefuseAsync(await rules.VersionAsync(Known(seen, current.Version), ct), current, group, ct);
        var wished = change(current);
        if (wished != current && await rules.SaveAsync(unit.Connection, wished, ct) is null)
            throw new ConcurrentEditException(texts["Conflict.Now"]);
    }

    // A page carries a version that there was; a program may say anything.
    private int Known(int seen, int current) => seen >= 0 && seen < current ? seen : throw new ProblemsException(texts["Conflict.NoVersion", seen, current]);

    // Says who changed what, so that the person can decide; what was typed stays in the form, which now stands on the newest version.
    private async Task RefuseAsync<T>(T seen, T current, SettingsGroup group, CancellationToken ct)
        where T : class
    {
        var differences = group.Of([new SettingsChange(default, "", SettingsChanges.Between(seen, current))]).SelectMany(c => c.Values).ToList();
        if (differences.Count == 0)
            return;
        var latest = group.Of((await reader.ReadAsync(ct)).Changes).First();
        var what = string.Join("; ", differences.Select(d => $"{texts["Field." + d.Field]} „{SettingWords.Of(texts, d.Field, d.New)}“"));
        throw new ConcurrentEditException(texts["Conflict", latest.By, Formats.Of(latest.At), what]);
    }
}
