using Association.Membership.Data;
using Association.Membership.Dues.Regulation.Versions;
using Association.Platform.Documents.Archive;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Membership.Dues.Regulation.Approval;

/// <summary>
/// Archives the signed resolution as it came. A version in force takes it as long as it has none: minutes are often signed later.
/// </summary>
/// <param name="Regulation">Which version.</param>
/// <param name="FileName">Under which it is handed out.</param>
/// <param name="Bytes">A PDF.</param>
[Permission(DuesFeature.Prepare)]
internal sealed record AttachResolution(DuesRegulationId Regulation, string FileName, byte[] Bytes) : ICommand;

/// <summary>The resolution's document as it was archived; null when the version has none.</summary>
/// <param name="Number">The version's.</param>
[Permission(DuesFeature.Read)]
internal sealed record ReadResolution(int Number) : IQuery<ArchivedFile?>;

internal static class AttachResolutionHandler
{
    /// <summary>The largest document: a scan of some fifty pages.</summary>
    public const int LargestMegabytes = 20;

    public static Task<RegulationVersion?> LoadAsync(AttachResolution command, MembershipDb db, CancellationToken ct) =>
        RegulationVersions.LockAsync(db, command.Regulation, ct);

    public static Problem? Validate(AttachResolution command, RegulationVersion? version, IStringLocalizer<RegulationTexts> texts) =>
        version switch
        {
            null => new Problem("", texts["Problem.VersionGone"]),
            { IsEditable: false, DocumentId: not null } or { State: RegulationState.Replaced } => new Problem("File", texts["Problem.DocumentFinal"]),
            _ when command.Bytes.Length > LargestMegabytes * 1024 * 1024 => new Problem("File", texts["Problem.DocumentSize", LargestMegabytes]),
            _ when !IsPdf(command.Bytes) => new Problem("File", texts["Problem.NoPdf"]),
            _ => null,
        };

    public static async Task HandleAsync(
        AttachResolution command,
        RegulationVersion version,
        MembershipDb db,
        IStringLocalizer<RegulationTexts> texts,
        CancellationToken ct
    )
    {
        if (version.IsEditable)
            await Editing.Draft.ReopenAsync(version, db, ct);
        var name = Path.GetFileName(command.FileName.Replace('\\', '/')).Trim();
        var file = ArchivedFile.New(
            name.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase) && name.Length is > 4 and <= 200 ? name : texts["Document.File", version.Number] + ".pdf",
            "application/pdf",
            command.Bytes
        );
        await FileArchive.AddAsync(await db.ConnectionAsync(ct), [file], ct);
        version.DocumentId = file.Id;
    }

    // What readers ask for: the header within the first kilobyte, the end mark within the last (ISO 32000-1, annex H.3, notes 13 and 18).
    private static bool IsPdf(ReadOnlySpan<byte> bytes) =>
        bytes[..Math.Min(bytes.Length, 1024)].IndexOf("%PDF-"u8) >= 0 && bytes[Math.Max(0, bytes.Length - 1024)..].IndexOf("%%EOF"u8) >= 0;
}

internal static class ReadResolutionHandler
{
    public static async Task<ArchivedFile?> HandleAsync(ReadResolution query, MembershipDb db, FileArchive archive, CancellationToken ct) =>
        await RegulationVersions.FindAsync(db, query.Number, ct) is { DocumentId: { } document } ? await archive.ReadAsync(document, ct) : null;
}
