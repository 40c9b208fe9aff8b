using System.Runtime.CompilerServices;
using Association.Billing.Contracts;
using Association.Billing.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Excel;
using Association.Platform.Messaging;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Security;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Ledger;

/// <summary>The journal as a workbook, oldest entry first: a row for each side of an entry, so that a column adds up. Straight from the database's
/// answer.</summary>
/// <param name="List">Search and days; all pages of it.</param>
/// <param name="Output">Written to asynchronously; left open.</param>
[Permission(BillingModule.ReadLedger)]
internal sealed record ExportJournal(ListJournal List, Stream Output) : IQuery<JournalExported>;

/// <summary>The workbook is written.</summary>
/// <param name="Lines">How many sides of entries are in it.</param>
internal sealed record JournalExported(int Lines);

internal static class ExportJournalHandler
{
    public static async Task<JournalExported> HandleAsync(
        ExportJournal query,
        BillingDb db,
        IOfficeRules rules,
        IStringLocalizer<BillingTexts> texts,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var own = (await rules.CurrentAsync(ct)).Bookkeeping.Income;
        var columns = new SheetColumns<Line>()
            .WholeNumber(texts["Column.Sequence"], l => l.Sequence)
            .Date(texts["Column.BookedOn"], l => l.BookedOn)
            .Date(texts["Column.DatedOn"], l => l.DatedOn)
            .Text(texts["Column.Posting"], l => texts["Posting." + l.Kind])
            .Text(texts["Column.Number"], l => l.Invoice)
            .Text(texts["Column.MemberNumber"], l => l.MemberNumber)
            .Text(texts["Column.Member"], l => l.MemberName)
            .Text(texts["Column.Text"], l => l.Text)
            .Text(texts["Column.AccountNumber"], l => LedgerAccounts.NumberOf(l.Account, l.Number, own))
            .Text(texts["Column.Account"], l => texts["LedgerAccount." + l.Account])
            .Money(texts["Column.Debit"], l => NoneWhenZero(l.Debit))
            .Money(texts["Column.Credit"], l => NoneWhenZero(l.Credit))
            .Text(texts["Column.By"], l => l.By);
        return new JournalExported(
            await SpreadsheetWriter.WriteAsync(query.Output, texts["Ledger.Journal"], clock.GetUtcNow(), columns, ReadAsync(query.List, db, ct), ct)
        );
    }

    private static Money? NoneWhenZero(decimal amount) => amount == 0 ? null : new Money(amount);

    private static async IAsyncEnumerable<Line> ReadAsync(ListJournal list, BillingDb db, [EnumeratorCancellation] CancellationToken ct)
    {
        var where = JournalSql.Where(list);
        var connection = await db.ConnectionAsync(ct);
        await using var reader = await connection.ExecuteReaderAsync(
            new CommandDefinition(
                $"""
                select {JournalSql.Head}, s.ledger_account as Account, c.number as Number, s.debit as Debit, s.credit as Credit
                {JournalSql.From} join billing.posting_line s on s.posting_id = p.id join billing.ledger_account c on c.code = s.ledger_account
                 where {where.Sql} order by p.sequence, s.position
                """,
                where.Parameters,
                db.Transaction,
                commandTimeout: 600,
                cancellationToken: ct
            )
        );
        var read = reader.GetRowParser<Line>();
        while (await reader.ReadAsync(ct))
            yield return read(reader);
    }

    private sealed class Line : JournalHead
    {
        public required string Account { get; init; }

        public required string Number { get; init; }

        public decimal Debit { get; init; }

        public decimal Credit { get; init; }
    }
}

internal static class JournalDownload
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(BillingPages.Ledger + "/list.xlsx", ListAsync);

    [RequirePermission(BillingModule.ReadLedger)]
    private static IResult ListAsync(string? q, string? from, string? to, IMessageBus bus, IStringLocalizer<BillingTexts> texts, CancellationToken ct) =>
        Results.Stream(
            output => bus.QueryAsync(new ExportJournal(new ListJournal(q ?? "", Day(from), Day(to)), output), ct),
            SpreadsheetWriter.MediaType,
            texts["Ledger.Journal"] + ".xlsx"
        );

    private static DateOnly? Day(string? typed) => TypedInput.TryDate(typed ?? "", out var day) ? day : null;
}
