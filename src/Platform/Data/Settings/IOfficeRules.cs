using Npgsql;

namespace Association.Platform.Data.Settings;

/// <summary>Reads and keeps the office's rules.</summary>
public interface IOfficeRules
{
    /// <summary>The newest version; <see cref="OfficeRules.Default"/> as long as nothing was saved.</summary>
    Task<OfficeRules> CurrentAsync(CancellationToken ct);

    /// <summary>The same, read over a connection that the caller holds already.</summary>
    Task<OfficeRules> CurrentAsync(NpgsqlConnection connection, CancellationToken ct);

    /// <summary>An older version; 0 is <see cref="OfficeRules.Default"/>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such version.</exception>
    Task<OfficeRules> VersionAsync(int version, CancellationToken ct);

    /// <summary>Every version with who and when, newest first.</summary>
    Task<IReadOnlyList<SettingsVersion<OfficeRules>>> HistoryAsync(CancellationToken ct);

    /// <summary>Keeps a new version, in the running transaction of the command that changes it. Who acts, the database knows.</summary>
    /// <param name="connection">Open, in a transaction.</param>
    /// <param name="rules">What shall hold; its version is the one that it was made from.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The number of the new version; null when somebody else saved one meanwhile.</returns>
    Task<int?> SaveAsync(NpgsqlConnection connection, OfficeRules rules, CancellationToken ct);
}

/// <summary>A version of something that is kept with all its versions.</summary>
/// <param name="Value">What it says.</param>
/// <param name="Version">1, 2, 3 …</param>
/// <param name="At">When it was saved.</param>
/// <param name="By">Who saved it.</param>
public sealed record SettingsVersion<T>(T Value, int Version, DateTimeOffset At, string By);
