using Association.Platform.Messaging;

namespace Association.Office.Settings.Overview;

/// <summary>All settings with their history.</summary>
[Permission(SettingsModule.Read)]
internal sealed record ReadSettings : IQuery<SettingsView>;

internal static class ReadSettingsHandler
{
    public static Task<SettingsView> HandleAsync(ReadSettings _, SettingsReader reader, CancellationToken ct) => reader.ReadAsync(ct);
}
