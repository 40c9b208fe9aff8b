using Association.Platform.Documents.Workbooks;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Board;

/// <summary>What was owed, forgiven and paid by the entries of a period, with the line that must come to zero.</summary>
/// <remarks>
/// Charged and cancelled are read from the documents, forgiven from its accounts, paid from bank and credits, open from the receivables: sources that
/// do not know of each other. An entry that none of them explains leaves a difference in the control line.
/// </remarks>
internal sealed class BillingFigures(IStringLocalizer<BoardTexts> texts) : IBoardReportFigures
{
    private const string Sql = """
        with line as (
          select p.kind, p.dated_on >= @From as within, l.ledger_account as account, l.debit - l.credit as amount
            from billing.posting p join billing.posting_line l on l.posting_id = p.id where p.dated_on <= @To)
        select coalesce(sum(amount) filter (where account = 'receivables' and not within), 0) as OpenBefore,
               (select coalesce(sum(amount), 0) from billing.invoice where kind = 'invoice' and issued_on between @From and @To) as Charged,
               coalesce(sum(amount) filter (where account = 'receivables' and within and kind in ('opening', 'opening_undo')), 0) as TakenOver,
               coalesce(-sum(amount) filter (where account = 'fee_income' and within), 0) as Fees,
               (select coalesce(-sum(amount), 0) from billing.invoice where kind = 'cancellation' and issued_on between @From and @To) as Cancelled,
               coalesce(sum(amount) filter (where account = 'waived' and within), 0) as Waived,
               coalesce(sum(amount) filter (where account = 'written_off' and within), 0) as WrittenOff,
               coalesce(sum(amount) filter (where within and (account in ('bank', 'recovered')
                 or (account = 'credit' and kind not in ('opening', 'opening_undo', 'waiver', 'write_off', 'reversal')))), 0) as Paid,
               coalesce(sum(amount) filter (where account = 'receivables'), 0) as Open,
               coalesce(-sum(amount) filter (where account = 'credit'), 0) as Credits,
               coalesce(-sum(amount) filter (where account = 'recovered' and within), 0) as Recovered,
               coalesce(-sum(amount) filter (where account = 'released_credit' and within), 0) as Released,
               (select max(p.dated_on) from billing.posting p join billing.posting_line l on l.posting_id = p.id
                 where l.ledger_account = 'bank' and p.kind <> 'payment_reversal' and p.dated_on <= @To) as Bank
          from line
        """;

    public int Order => 200;

    public string Title => texts["Figures.Title"];

    public async Task<IReadOnlyList<BoardFigure>> ReadAsync(BoardReading reading, CancellationToken ct)
    {
        var found = await reading.Connection.QuerySingleAsync<Sums>(
            new CommandDefinition(Sql, new { reading.Period.From, reading.Period.To }, cancellationToken: ct)
        );
        var items = await OpenItemRows.ReadAsync(reading, ct);
        return
        [
            Money("open-before", found.OpenBefore),
            Money("charged", found.Charged),
            Money("taken-over", found.TakenOver),
            Money("fees", found.Fees),
            Money("cancelled", found.Cancelled),
            Money("waived", found.Waived),
            Money("written-off", found.WrittenOff),
            Of("owed", CellFormat.Money) with
            {
                Sum = [("open-before", 1), ("charged", 1), ("taken-over", 1), ("fees", 1), ("cancelled", -1), ("waived", -1), ("written-off", -1)],
            },
            Money("paid", found.Paid),
            Money("open", found.Open),
            Of("control", CellFormat.Money) with
            {
                Sum = [("owed", 1), ("paid", -1), ("open", -1)],
                IsControl = true,
            },
            Money("overdue", items.Where(i => i.Days > 0).Sum(i => i.Open)),
            Of("ratio", CellFormat.Percent) with
            {
                Ratio = ("paid", "owed"),
            },
            Money("credits", found.Credits),
            Money("recovered", found.Recovered),
            Money("released", found.Released),
            Of("bank", CellFormat.Date) with
            {
                Day = found.Bank,
            },
        ];
    }

    private BoardFigure Of(string key, CellFormat format) => new(key, texts["Figure." + key], format);

    private BoardFigure Money(string key, decimal amount) => Of(key, CellFormat.Money) with { Number = amount };

    private sealed class Sums
    {
        public decimal OpenBefore { get; init; }

        public decimal Charged { get; init; }

        public decimal TakenOver { get; init; }

        public decimal Fees { get; init; }

        public decimal Cancelled { get; init; }

        public decimal Waived { get; init; }

        public decimal WrittenOff { get; init; }

        public decimal Paid { get; init; }

        public decimal Open { get; init; }

        public decimal Credits { get; init; }

        public decimal Recovered { get; init; }

        public decimal Released { get; init; }

        public DateOnly? Bank { get; init; }
    }
}
