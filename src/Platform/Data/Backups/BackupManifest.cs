using System.Text.Json;
using Association.Platform.Data.Migrations;

namespace Association.Platform.Data.Backups;

/// <summary>What a backup says about itself: the last entry of its file, written when all else is complete.</summary>
/// <param name="Format">Of the file; a release refuses one that it does not know.</param>
/// <param name="TakenAt">The moment whose state it holds.</param>
/// <param name="Association">Whose data it is, for the person who has several files before her.</param>
/// <param name="PostgresMajor">Of the server that it was taken from.</param>
/// <param name="Migrations">The state of the schema; a restore builds exactly this one.</param>
/// <param name="Dump">What pg_dump wrote; null for a backup by tables.</param>
/// <param name="Tables">Empty when <paramref name="Dump"/> is there.</param>
/// <param name="Sequences">Where numbering stood; empty when <paramref name="Dump"/> is there.</param>
/// <param name="Kind"><c>demo</c> or <c>own</c>; null in files of releases that did not note it.</param>
public sealed record BackupManifest(
    int Format,
    DateTimeOffset TakenAt,
    string Association,
    int PostgresMajor,
    IReadOnlyList<AppliedMigration> Migrations,
    BackupEntry? Dump,
    IReadOnlyList<BackupTable> Tables,
    IReadOnlyList<BackupSequence> Sequences,
    string? Kind = null
)
{
    /// <summary>The format that this release writes.</summary>
    public const int CurrentFormat = 1;

    internal const string EntryName = "manifest.json";

    /// <summary>Everything whose digest must be right.</summary>
    internal IEnumerable<BackupEntry> Entries => Dump is null ? Tables.Select(t => t.Entry) : [Dump];

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    internal static BackupManifest? FromJson(Stream json) => JsonSerializer.Deserialize<BackupManifest>(json, Json);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web) { WriteIndented = true };
}

/// <summary>One entry of the file.</summary>
/// <param name="Name">Path within the ZIP file.</param>
/// <param name="Bytes">Length of what it holds, unpacked.</param>
/// <param name="Sha256">Of the same, in lower-case hexadecimal digits.</param>
public sealed record BackupEntry(string Name, long Bytes, string Sha256);

/// <summary>A table and its rows, in PostgreSQL's binary COPY format.</summary>
/// <param name="Schema">PostgreSQL schema.</param>
/// <param name="Name">Table.</param>
/// <param name="Columns">In the order of the entry; generated columns are left out.</param>
/// <param name="Rows">How many.</param>
/// <param name="Entry">Where they are.</param>
public sealed record BackupTable(string Schema, string Name, IReadOnlyList<string> Columns, long Rows, BackupEntry Entry);

/// <summary>Where a sequence stood; it may be further than the rows, never behind them.</summary>
/// <param name="Schema">PostgreSQL schema.</param>
/// <param name="Name">Sequence.</param>
/// <param name="LastValue">The last number drawn.</param>
public sealed record BackupSequence(string Schema, string Name, long LastValue);

/// <summary>A backup cannot be taken, read or restored; the message says why, and what to do.</summary>
public sealed class BackupException(string message) : Exception(message);
