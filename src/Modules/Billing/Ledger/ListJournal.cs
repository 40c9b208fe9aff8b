using Association.Billing.Data;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Lists;
using Association.Platform.Data.Settings;
using Association.Platform.Messaging;
using Dapper;

namespace Association.Billing.Ledger;

/// <summary>A page of the journal, the newest entry first, with the balances of all ledger accounts.</summary>
/// <param name="Search">Part of an entry's text, of an invoice's number or of a member's name; empty for all.</param>
/// <param name="From">First day of booking; null for all.</param>
/// <param name="To">Last day of booking; null for all.</param>
/// <param name="After">The entries behind this edge.</param>
/// <param name="Size">Entries a page.</param>
/// <param name="Before">The entries ahead of this edge.</param>
[Permission(BillingModule.ReadLedger)]
internal sealed record ListJournal(string Search = "", DateOnly? From = null, DateOnly? To = null, string? After = null, int Size = 50, string? Before = null)
    : IQuery<JournalPage>;

/// <summary>An entry of the journal.</summary>
/// <param name="Sequence">Its place in the journal.</param>
/// <param name="Kind">Why it was posted.</param>
/// <param name="BookedOn">The day it entered the books.</param>
/// <param name="DatedOn">The day it happened.</param>
/// <param name="Invoice">Number of the document, or of the invoice that was paid.</param>
/// <param name="MemberNumber">Whose account it touches.</param>
/// <param name="MemberName">Whose account it touches.</param>
/// <param name="Text">What the person or the document says.</param>
/// <param name="By">Who posted it.</param>
/// <param name="Lines">Its sides.</param>
internal sealed record JournalEntry(
    long Sequence,
    PostingKind Kind,
    DateOnly BookedOn,
    DateOnly DatedOn,
    string? Invoice,
    string? MemberNumber,
    string? MemberName,
    string Text,
    string By,
    IReadOnlyList<JournalLine> Lines
);

/// <summary>A side of an entry.</summary>
internal sealed record JournalLine(string Account, string AccountNumber, Money Debit, Money Credit);

/// <summary>A ledger account and what was posted on it.</summary>
internal sealed record LedgerBalance(string Account, string Number, Money Debit, Money Credit)
{
    /// <summary>Debit less credit.</summary>
    public Money Balance => Debit - Credit;
}

/// <summary>A page of the journal.</summary>
internal sealed record JournalPage(ListPage<JournalEntry> Page, int Total, IReadOnlyList<LedgerBalance> Balances)
{
    public IReadOnlyList<JournalEntry> Entries => Page.Rows;

    public string? After => Page.After;
}

internal static class ListJournalHandler
{
    private static readonly ListOrder NewestFirst = new("sequence", [new("p.sequence", "bigint")], Descending: true);

    public static async Task<JournalPage> HandleAsync(ListJournal query, BillingDb db, IOfficeRules rules, CancellationToken ct)
    {
        var (connection, own) = (await db.ConnectionAsync(ct), (await rules.CurrentAsync(ct)).Bookkeeping.Income);
        var conditions = JournalSql.Where(query);
        var total = await connection.ExecuteScalarAsync<int>(
            new CommandDefinition(
                $"select count(*)::int {JournalSql.From} where {conditions.Sql}",
                conditions.Parameters,
                db.Transaction,
                cancellationToken: ct
            )
        );
        var window = PageWindow.At(NewestFirst, query.After, query.Before, query.Size);
        var where = window.Within(conditions);
        var heads = window.Cut(
            (
                await connection.QueryAsync<Head>(
                    new CommandDefinition(
                        $"select {JournalSql.Head}, {window.EdgeSql} as Edge {JournalSql.From} where {where.Sql} order by {window.OrderSql} limit @limit",
                        where.Parameters,
                        db.Transaction,
                        cancellationToken: ct
                    )
                )
            ).AsList(),
            h => h.Edge
        );

        var lines = (
            await connection.QueryAsync<(Guid Posting, string Account, string Number, decimal Debit, decimal Credit)>(
                new CommandDefinition(
                    """
                    select l.posting_id, l.ledger_account, c.number, l.debit, l.credit
                      from billing.posting_line l join billing.ledger_account c on c.code = l.ledger_account
                     where l.posting_id = any (@ids) order by l.posting_id, l.position
                    """,
                    new { ids = heads.Rows.Select(h => h.Id).ToArray() },
                    db.Transaction,
                    cancellationToken: ct
                )
            )
        ).ToLookup(l => l.Posting, l => new JournalLine(l.Account, LedgerAccounts.NumberOf(l.Account, l.Number, own), new Money(l.Debit), new Money(l.Credit)));
        var balances = await connection.QueryAsync<(string Account, string Number, decimal Debit, decimal Credit)>(
            new CommandDefinition(
                """
                select c.code, c.number, coalesce(sum(l.debit), 0), coalesce(sum(l.credit), 0)
                  from billing.ledger_account c left join billing.posting_line l on l.ledger_account = c.code group by c.code, c.number
                """,
                transaction: db.Transaction,
                cancellationToken: ct
            )
        );
        return new JournalPage(
            heads.Of(h => h.ToEntry(lines[h.Id])),
            total,
            [
                .. balances
                    .Select(b => new LedgerBalance(b.Account, LedgerAccounts.NumberOf(b.Account, b.Number, own), new Money(b.Debit), new Money(b.Credit)))
                    .OrderBy(b => b.Number, StringComparer.Ordinal)
                    .ThenBy(b => b.Account, StringComparer.Ordinal),
            ]
        );
    }

    private sealed class Head : JournalHead
    {
        public required string[] Edge { get; init; }

        public JournalEntry ToEntry(IEnumerable<JournalLine> lines) =>
            new(Sequence, EnumText.Parse<PostingKind>(Kind), BookedOn, DatedOn, Invoice, MemberNumber, MemberName, Text, By, [.. lines]);
    }
}

/// <summary>What page and workbook of the journal read alike.</summary>
internal static class JournalSql
{
    public const string Head =
        "p.id, p.sequence, p.kind, p.booked_on as BookedOn, p.dated_on as DatedOn, coalesce(i.number, e.number) as Invoice, a.member_number as MemberNumber, a.name as MemberName, p.text, p.posted_by as By";

    public const string From = """
        from billing.posting p left join billing.invoice i on i.id = p.invoice_id left join billing.item e on e.id = p.item_id
          left join lateral (select l.account_id from billing.posting_line l where l.posting_id = p.id and l.account_id is not null limit 1) x on true
          left join billing.account a on a.id = x.account_id
        """;

    public static SqlConditions Where(ListJournal query)
    {
        var text = query.Search.Trim();
        return new SqlConditions(new { text })
            .When(query.From, "p.booked_on >= @from", "from")
            .When(query.To, "p.booked_on <= @to", "to")
            .When(
                text.Length > 0 ? $"%{SqlLike.Escape(text)}%" : null,
                "(p.text ilike @like or coalesce(i.number, e.number) ilike @like or a.search_name like platform.fold(@like) or a.member_number = @text)",
                "like"
            );
    }
}

/// <summary>An entry without its sides, as the database answers it.</summary>
internal abstract class JournalHead
{
    public Guid Id { get; init; }

    public long Sequence { get; init; }

    public required string Kind { get; init; }

    public DateOnly BookedOn { get; init; }

    public DateOnly DatedOn { get; init; }

    public string? Invoice { get; init; }

    public string? MemberNumber { get; init; }

    public string? MemberName { get; init; }

    public required string Text { get; init; }

    public required string By { get; init; }
}
