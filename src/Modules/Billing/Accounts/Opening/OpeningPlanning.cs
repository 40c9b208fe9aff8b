using System.Security.Cryptography;
using Association.Billing.Accounts.Opening.Reading;
using Association.Billing.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents;
using Association.Platform.Documents.Excel;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Accounts.Opening;

/// <summary>Reads a list and holds it against the books.</summary>
internal static class OpeningPlanning
{
    /// <exception cref="ProblemsException">The file cannot be read as such a list; says why.</exception>
    public static async Task<OpeningPlan> PlanAsync(
        OpeningList list,
        BillingDb db,
        DateOnly today,
        IStringLocalizer<OpeningTexts> texts,
        IStringLocalizer<DocumentsTexts> documents,
        CancellationToken ct
    )
    {
        var reader = OpeningRows.Open(File(list, documents, ct), today, texts);
        var rows = reader.Read();
        var accounts = await AccountsAsync(db, rows, ct);
        var taken = await TakenAsync(db, accounts.Values.Select(a => a.Id), ct);
        var seen = new HashSet<(string, bool, string)>();
        var planned = rows.Select(row => Compare(row, reader, accounts, taken, seen, texts)).ToList();
        var before = await BeforeAsync(db, list, ct);
        return new OpeningPlan(list.FileName, planned, reader.Findings, reader.Notices, reader.WithoutAmount, reader.NotRead, list.ControlSum, before);
    }

    private static Spreadsheet File(OpeningList list, IStringLocalizer<DocumentsTexts> documents, CancellationToken ct)
    {
        try
        {
            return SpreadsheetReader.Read(list.Bytes, list.FileName, ct: ct);
        }
        catch (SpreadsheetException refused)
        {
            throw new ProblemsException([new Problem("File", refused.Sentence(documents))]);
        }
    }

    private static OpeningRow Compare(
        OpeningRow row,
        OpeningRows reader,
        Dictionary<string, (Guid Id, string Name)> accounts,
        Dictionary<(Guid, string, string), DateOnly> taken,
        HashSet<(string, bool, string)> seen,
        IStringLocalizer<OpeningTexts> texts
    )
    {
        if (row.Number.Length == 0)
            return row;
        if (!accounts.TryGetValue(row.Number, out var account))
        {
            reader.Find(row, OpeningColumn.Number, texts["Finding.NoSuchMember", row.Number]);
            return row;
        }
        if (row.Name.Length > 0 && !ListedName.Is(row.Name, account.Name))
            reader.Find(row, OpeningColumn.Name, texts["Finding.OtherName", row.Number, account.Name]);

        var origin = row.Origin.ToLowerInvariant();
        foreach (var (kind, amount) in new[] { ("open", row.Open), ("credit", row.Credit) })
        {
            if (amount == Money.Zero)
                continue;
            if (!seen.Add((row.Number, kind == "open", origin)))
                reader.Find(row, OpeningColumn.Origin, texts["Finding.Twice", row.Number, row.Origin]);
            if (taken.TryGetValue((account.Id, kind, origin), out var day))
                reader.Find(row, OpeningColumn.Origin, texts["Finding.TakenBefore", row.Number, row.Origin, Formats.Of(day)]);
        }
        return row with { Account = new AccountId(account.Id) };
    }

    private static async Task<Dictionary<string, (Guid Id, string Name)>> AccountsAsync(BillingDb db, IReadOnlyList<OpeningRow> rows, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var found = await connection.QueryAsync<(Guid Id, string Number, string Name)>(
            new CommandDefinition(
                "select id, member_number, name from billing.account where member_number = any (@numbers)",
                new { numbers = rows.Select(r => r.Number).Distinct().ToArray() },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return found.DistinctBy(a => a.Number).ToDictionary(a => a.Number, a => (a.Id, a.Name), StringComparer.Ordinal);
    }

    private static async Task<Dictionary<(Guid, string, string), DateOnly>> TakenAsync(BillingDb db, IEnumerable<Guid> accounts, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var found = await connection.QueryAsync<(Guid Account, string Kind, string Origin, DateOnly On)>(
            new CommandDefinition(
                """
                select e.account_id, e.kind, lower(e.origin), m.taken_on from billing.item e join billing.opening_import m on m.id = e.import_id
                 where not e.undone and e.account_id = any (@accounts)
                """,
                new { accounts = accounts.ToArray() },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return found.ToDictionary(f => (f.Account, f.Kind, f.Origin), f => f.On);
    }

    private static async Task<TakenBefore?> BeforeAsync(BillingDb db, OpeningList list, CancellationToken ct)
    {
        var connection = await db.ConnectionAsync(ct);
        var before = await connection.QuerySingleOrDefaultAsync<(DateTime At, string By)?>(
            new CommandDefinition(
                "select taken_at, taken_by from billing.opening_import where sha256 = @sha256 and undone_at is null",
                new { sha256 = SHA256.HashData(list.Bytes.Span) },
                db.Transaction,
                cancellationToken: ct
            )
        );
        return before is { } found ? new TakenBefore(found.At, found.By) : null;
    }
}
