using System.Globalization;
using Association.Platform.Data.Backups;
using Association.Platform.Web.CommandLine;

namespace Association.Office.Operation.Backups;

/// <summary>What <c>backup</c> and <c>restore</c> say about a file.</summary>
internal static class BackupWords
{
    public static VerbAnswer Of(BackupManifest manifest, FileInfo file, string outcome)
    {
        var rows = manifest.Tables.Sum(t => t.Rows);
        var size = (file.Length / 1_000_000m).ToString("N1", CultureInfo.InvariantCulture);
        var content = manifest.Dump is null
            ? $"{manifest.Tables.Count} tables, {rows.ToString("N0", CultureInfo.InvariantCulture)} rows"
            : "written by pg_dump";
        return new VerbAnswer(
            new
            {
                file = file.FullName,
                bytes = file.Length,
                manifest.Association,
                manifest.TakenAt,
                manifest.PostgresMajor,
                writtenBy = manifest.Dump is null ? "tables" : "pg_dump",
                tables = manifest.Tables.Count,
                rows,
                migrations = manifest.Migrations.Count,
            },
            $"{manifest.Association}, as of {manifest.TakenAt.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)}, PostgreSQL {manifest.PostgresMajor}: {content}, {size} MB.\n{outcome}"
        );
    }
}
