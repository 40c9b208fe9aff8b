using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;

namespace Association.Office.Settings.Changes;

/// <summary>One saving of the settings: who, when, what from what to what.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Values">What became different.</param>
public sealed record SettingsChange(DateTimeOffset At, string By, IReadOnlyList<ChangedValue> Values);

/// <summary>A value that became another one.</summary>
/// <param name="Field"><c>Street</c>, <c>Reminders.ReminderFee</c>.</param>
/// <param name="Old">As stored; null: none.</param>
/// <param name="New">As stored; null: none.</param>
public sealed record ChangedValue(string Field, string? Old, string? New);

/// <summary>Compares versions value by value, so that a new rule needs no code here.</summary>
internal static class SettingsChanges
{
    private static readonly JsonSerializerOptions Json = new() { Converters = { new MoneyJsonConverter(), new JsonStringEnumConverter() } };

    /// <summary>The savings of profile and rules together, newest first.</summary>
    public static IReadOnlyList<SettingsChange> Of(
        IReadOnlyList<SettingsVersion<AssociationProfile>> profiles,
        IReadOnlyList<SettingsVersion<OfficeRules>> rules
    ) => [.. Steps(profiles, null).Concat(Steps(rules, OfficeRules.Default)).Where(c => c.Values.Count > 0).OrderByDescending(c => c.At)];

    /// <summary>What differs between two values.</summary>
    public static IReadOnlyList<ChangedValue> Between<T>(T? before, T after)
        where T : class
    {
        var (old, now) = (Flat(before), Flat(after));
        return
        [
            .. now
                .Keys.Union(old.Keys)
                .Where(k => k != nameof(AssociationProfile.Version) && old.GetValueOrDefault(k) != now.GetValueOrDefault(k))
                .Select(k => new ChangedValue(k, old.GetValueOrDefault(k), now.GetValueOrDefault(k))),
        ];
    }

    private static IEnumerable<SettingsChange> Steps<T>(IReadOnlyList<SettingsVersion<T>> versions, T? first)
        where T : class =>
        versions.Select(
            (version, i) => new SettingsChange(version.At, version.By, Between(i + 1 < versions.Count ? versions[i + 1].Value : first, version.Value))
        );

    // Empty texts and null are the same: nothing was said.
    private static Dictionary<string, string?> Flat<T>(T? value)
        where T : class
    {
        var result = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (value is not null)
            Add(JsonSerializer.SerializeToNode(value, Json)!.AsObject(), "");
        return result;

        void Add(JsonObject part, string prefix)
        {
            foreach (var (name, node) in part)
            {
                if (node is JsonObject inner)
                    Add(inner, $"{prefix}{name}.");
                else if (node?.ToString() is { Length: > 0 } text)
                    result[prefix + name] = text;
            }
        }
    }
}
