using System.Text.Json;
using Association.Membership.Contracts;
using Association.Membership.Data;
using Association.Membership.Import.Preview;
using Association.Membership.Members.Model;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Documents.Archive;
using Association.Platform.Documents.Excel;
using Dapper;
using Npgsql;

namespace Association.Membership.Import.Applying;

/// <summary>Writes a plan, table by table and set-based, on the running transaction.</summary>
internal sealed class ImportWriter(MembershipDb db, ImportPlan plan, ListUpload upload, Actor actor, DateTimeOffset now)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new EntityIdJsonConverterFactory() },
    };

    private readonly Guid _import = Guid.CreateVersion7();
    private readonly DateOnly _today = now.ToBusinessDate();
    private NpgsqlConnection _connection = null!;

    /// <returns>The import; null when there was nothing to write.</returns>
    public async Task<Guid?> WriteAsync(CancellationToken ct)
    {
        _connection = await db.ConnectionAsync(ct);
        var written = plan.Rows.Where(r => r.Outcome is Outcome.New or Outcome.Changed).ToArray();
        var open = await StillUnknownAsync(Clarifications(), ct);
        if (written.Length == 0 && open.Length == 0)
            return null;
        await RunAsync(ImportSql.Batch, Batch(await ArchiveAsync(ct)), ct);
        var before = written.Where(r => r.Known is not null).Select(r => r.Known!.Id.Value).ToArray();
        await RunAsync(ImportSql.RememberBefore, new { import = _import, members = before }, ct);
        await RunAsync(
            ImportSql.Members,
            new
            {
                rows = Rows(written.Select(ImportRows.Member)),
                today = _today,
                january = new DateOnly(_today.Year + 1, 1, 1),
            },
            ct
        );
        await RunAsync(
            ImportSql.Inputs,
            new
            {
                rows = Rows(written.SelectMany(r => ImportRows.Inputs(r, upload.FileName))),
                year = plan.AcceptedForYear,
                by = actor.Id?.Value,
                byName = actor.Name,
                now,
            },
            ct
        );
        await RunAsync(ImportSql.Dues, new { rows = Rows(written.SelectMany(ImportRows.Dues)) }, ct);
        await WritePersonsAsync(written, ct);
        await RunAsync(
            ImportSql.Clarifications,
            new
            {
                rows = Rows(
                    open.Select(c => new
                    {
                        Id = EntityIds.New<ClarificationId>(),
                        MemberId = c.Member,
                        Kind = EnumText.Of(c.Kind),
                        c.Text,
                        c.Value,
                        SourceRow = c.Row,
                    })
                ),
                import = _import,
                source = upload.FileName,
                now,
            },
            ct
        );
        await RunAsync(
            ImportSql.RememberAfter,
            new
            {
                import = _import,
                rows = Rows(
                    written.Select(r => new
                    {
                        MemberId = r.Target!.Id,
                        r.Row,
                        Changes = ImportRows.Changes(r),
                    })
                ),
            },
            ct
        );
        return _import;
    }

    private object Batch(Guid file) =>
        new
        {
            id = _import,
            file,
            name = upload.FileName,
            sheet = plan.Table.Sheet,
            asOf = plan.AsOf,
            year = plan.AcceptedForYear,
            rows = plan.Rows.Count,
            created = plan.Count(Outcome.New),
            changed = plan.Count(Outcome.Changed),
            unchanged = plan.Count(Outcome.Unchanged),
            duplicates = plan.Count(Outcome.Duplicate),
            refused = plan.Count(Outcome.Refused),
            ignored = plan.IgnoredCount,
            now,
            by = actor.Id?.Value,
            byName = actor.Name,
        };

    private async Task<Guid> ArchiveAsync(CancellationToken ct)
    {
        var file = ArchivedFile.New(upload.FileName, upload.Bytes.Span.StartsWith("PK"u8) ? SpreadsheetWriter.MediaType : "text/csv", upload.Bytes);
        await FileArchive.AddAsync(_connection, [file], ct);
        return file.Id;
    }

    private Clarifying[] Clarifications()
    {
        var memberOfRow = plan.Rows.Where(r => r.Imported).ToDictionary(r => r.Row, r => r.Target!.Id);
        var memberOfNumber = new Dictionary<string, MemberId>(StringComparer.OrdinalIgnoreCase);
        foreach (var hit in plan.Rows.Select(r => r.DuplicateOf).OfType<DuplicateHit>())
            if (hit.Entry.Of is string number && hit.Entry.Member is { } id)
                memberOfNumber[number] = id;
        return [.. plan.Rows.SelectMany(r => ImportRows.Clarifications(r, memberOfRow, memberOfNumber))];
    }

    // What an earlier import left open (or somebody settled since) is not asked a second time.
    private async Task<Clarifying[]> StillUnknownAsync(Clarifying[] clarifications, CancellationToken ct)
    {
        var known = (
            await _connection.QueryAsync<(Guid? Member, string Kind, string Text, string Value)>(
                new CommandDefinition(ImportSql.KnownClarifications, transaction: db.Transaction, cancellationToken: ct)
            )
        ).ToHashSet();
        bool Knows(Clarifying c, string text) => known.Contains((c.Member?.Value, EnumText.Of(c.Kind), text, c.Value));
        return [.. clarifications.Where(c => !Knows(c, c.Text) && !Knows(c, c.Said))];
    }

    private async Task WritePersonsAsync(PlannedRow[] written, CancellationToken ct)
    {
        var contacts = new List<object>();
        var functions = new List<object>();
        foreach (var row in written)
        foreach (var (function, name, second, title, isMain) in ImportRows.Persons(row))
        {
            var member = row.Target!.Id;
            var known = row.Known?.Contacts.FirstOrDefault(c => c.Name == name);
            var id = known?.Id ?? EntityIds.New<ContactId>();
            if (known is null)
                contacts.Add(
                    new
                    {
                        Id = id,
                        MemberId = member,
                        Name = name,
                        Email = isMain ? row.Listed.Email : null,
                        Phone = isMain ? row.Listed.Phone : null,
                    }
                );
            var from = row.Known is null ? (DateOnly?)null : _today;
            functions.Add(Function(id, member, function, "", from));
            if (second is { } kind && known is null)
                functions.Add(Function(id, member, kind, title, from));
        }
        if (functions.Count == 0)
            return;
        await RunAsync(ImportSql.EndFunctions, new { rows = Rows(functions), today = _today }, ct);
        await RunAsync(ImportSql.Contacts, new { rows = Rows(contacts) }, ct);
        await RunAsync(ImportSql.Functions, new { rows = Rows(functions) }, ct);

        static object Function(ContactId contact, MemberId member, FunctionKind kind, string title, DateOnly? from) =>
            new
            {
                Id = EntityIds.New<ContactFunctionId>(),
                ContactId = contact,
                MemberId = member,
                Kind = EnumText.Of(kind),
                Title = title,
                ValidFrom = from,
            };
    }

    private Task<int> RunAsync(string sql, object parameters, CancellationToken ct) =>
        _connection.ExecuteAsync(new CommandDefinition(sql, parameters, db.Transaction, cancellationToken: ct));

    private static string Rows(IEnumerable<object> rows) => JsonSerializer.Serialize(rows, Json);
}
