using System.Runtime.CompilerServices;
using Association.Platform.Data;
using Association.Platform.Documents.Pdf;
using Npgsql;
using NpgsqlTypes;

namespace Association.Platform.Documents.Archive;

/// <summary>
/// Files that were issued or received: rows of <c>platform.archive_file</c> with their bytes and SHA-256. The database refuses to change or remove them;
/// reading proves that nobody did it behind the database's back. Only one that came in as removable may be emptied, and is then as if it were not there.
/// </summary>
/// <param name="database">Reads come from here; writes go through the caller's connection. Thread-safe.</param>
public sealed class FileArchive(OfficeDatabase database)
{
    private const int MostDamagedNamed = 100;

    /// <summary>Adds files by one binary COPY, in the transaction that is open on the connection: they commit with the caller's change or not at all.</summary>
    /// <exception cref="PostgresException">An id is archived already.</exception>
    public static async Task AddAsync(NpgsqlConnection connection, IReadOnlyCollection<ArchivedFile> files, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(files);
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy platform.archive_file (id, name, media_type, bytes, sha256, removable) from stdin (format binary)",
            ct
        );
        foreach (var file in files)
        {
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(file.Id, NpgsqlDbType.Uuid, ct);
            await copy.WriteAsync(file.Name, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(file.MediaType, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(file.Bytes, NpgsqlDbType.Bytea, ct);
            await copy.WriteAsync(file.Digest(), NpgsqlDbType.Bytea, ct);
            await copy.WriteAsync(file.Removable, NpgsqlDbType.Boolean, ct);
        }

        await copy.CompleteAsync(ct);
    }

    /// <summary>
    /// Takes the bytes of removable files away, in the transaction that is open on the connection; name and digest stay. Backups made before still hold them.
    /// </summary>
    public static async Task EmptyAsync(NpgsqlConnection connection, IReadOnlyCollection<Guid> ids, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(ids);
        await using var command = new NpgsqlCommand(
            "update platform.archive_file set bytes = '', emptied_at = $2 where id = any ($1) and removable and emptied_at is null",
            connection
        );
        command.Parameters.Add(new() { Value = ids.ToArray() });
        command.Parameters.Add(new() { Value = now.ToUniversalTime() });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="KeyNotFoundException">There is none, or it was emptied.</exception>
    /// <exception cref="ArchiveDamagedException">It no longer has its bytes.</exception>
    public async Task<ArchivedFile> ReadAsync(Guid id, CancellationToken ct)
    {
        return await FindAsync(id, ct) ?? throw new KeyNotFoundException($"There is no archived file {id}.");
    }

    /// <summary>Reads files one by one in the given order, so that memory holds one at a time. What is not there is left out.</summary>
    /// <exception cref="ArchiveDamagedException">One no longer has its bytes.</exception>
    public async IAsyncEnumerable<ArchivedFile> ReadAllAsync(IReadOnlyCollection<Guid> ids, [EnumeratorCancellation] CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(ids);
        foreach (var id in ids)
            if (await FindAsync(id, ct) is { } file)
                yield return file;
    }

    /// <summary>Joins archived documents of our own to one for printing, in the given order; memory holds one at a time.</summary>
    /// <param name="ids">What is not there is left out.</param>
    /// <param name="output">Written to only, and only asynchronously; left open.</param>
    /// <param name="information">What the joined document says about itself.</param>
    /// <param name="startOnFront">For printing on both sides: every document begins on a sheet of its own.</param>
    /// <param name="ct">Cancels; the output is incomplete then.</param>
    /// <returns>How many pages it has.</returns>
    /// <exception cref="ArchiveDamagedException">One no longer has its bytes.</exception>
    public async Task<int> JoinAsync(IReadOnlyCollection<Guid> ids, Stream output, PdfInformation information, bool startOnFront, CancellationToken ct)
    {
        using var bundle = new PdfBundle(output, information, startOnFront);
        await foreach (var file in ReadAllAsync(ids, ct))
            await bundle.AddAsync(file.Bytes, ct);
        await bundle.FinishAsync(ct);
        return bundle.PageCount;
    }

    /// <summary>Joins archived documents to one that is archived itself.</summary>
    /// <inheritdoc cref="JoinAsync(IReadOnlyCollection{Guid}, Stream, PdfInformation, bool, CancellationToken)"/>
    /// <returns>The file, to be added, and how many sheets of paper it takes.</returns>
    public async Task<(ArchivedFile File, int Sheets)> JoinAsync(
        IReadOnlyCollection<Guid> ids,
        string name,
        PdfInformation information,
        bool startOnFront,
        CancellationToken ct
    )
    {
        using var output = new MemoryStream();
        var pages = await JoinAsync(ids, output, information, startOnFront, ct);
        return (ArchivedFile.New(name, "application/pdf", output.ToArray()), PdfBundle.SheetsOf(pages, startOnFront));
    }

    /// <summary>Computes the digest of every file anew, in the database: nothing is transferred.</summary>
    public async Task<ArchiveState> VerifyAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(
            "select count(*), array_agg(id order by id) filter (where emptied_at is null and sha256(bytes) <> sha256) from platform.archive_file",
            connection
        );
        command.CommandTimeout = 0;
        await using var rows = await command.ExecuteReaderAsync(ct);
        await rows.ReadAsync(ct);
        return new ArchiveState(rows.GetInt64(0), rows.IsDBNull(1) ? [] : [.. rows.GetFieldValue<Guid[]>(1).Take(MostDamagedNamed)]);
    }

    // No connection is held while somebody does something with the file: a browser may take its time.
    private async Task<ArchivedFile?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(
            "select id, name, media_type, bytes, sha256 from platform.archive_file where id = $1 and emptied_at is null",
            connection
        );
        command.Parameters.Add(new() { Value = id });
        await using var rows = await command.ExecuteReaderAsync(ct);
        return await rows.ReadAsync(ct) ? Checked(rows) : null;
    }

    private static ArchivedFile Checked(NpgsqlDataReader row)
    {
        var file = new ArchivedFile(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetFieldValue<byte[]>(3));
        return file.Digest().AsSpan().SequenceEqual(row.GetFieldValue<byte[]>(4)) ? file : throw new ArchiveDamagedException(file.Id);
    }
}
