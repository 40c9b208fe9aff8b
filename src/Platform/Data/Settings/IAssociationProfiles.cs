using Npgsql;

namespace Association.Platform.Data.Settings;

/// <summary>Reads and keeps the association's own data.</summary>
public interface IAssociationProfiles
{
    /// <summary>The newest version.</summary>
    /// <exception cref="KeyNotFoundException">The installation has none yet.</exception>
    Task<AssociationProfile> CurrentAsync(CancellationToken ct);

    /// <summary>A version that an issued document names.</summary>
    /// <exception cref="KeyNotFoundException">There is no such version.</exception>
    Task<AssociationProfile> VersionAsync(int version, CancellationToken ct);

    /// <summary>Keeps a new version; the <see cref="AssociationProfile.Version"/> given is not looked at.</summary>
    /// <returns>The number of the new version.</returns>
    Task<int> SaveAsync(AssociationProfile profile, CancellationToken ct);

    /// <summary>Every version with who and when, newest first; without logos.</summary>
    Task<IReadOnlyList<SettingsVersion<AssociationProfile>>> HistoryAsync(CancellationToken ct);

    /// <summary>Keeps a new version, in the running transaction of the command that changes it. Who acts, the database knows.</summary>
    /// <param name="connection">Open, in a transaction.</param>
    /// <param name="profile">What shall hold; its version is the one that it was made from.</param>
    /// <param name="bankDetailsChange">The confirmed change that brings another account or creditor id; without one the database refuses them.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The number of the new version; null when somebody else saved one meanwhile.</returns>
    Task<int?> SaveAsync(NpgsqlConnection connection, AssociationProfile profile, Guid? bankDetailsChange, CancellationToken ct);
}
