using System.Globalization;
using Association.Platform.Data.Kernel;
using Association.Platform.Documents.Workbooks;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Board;

/// <summary><em>Zahlungen</em>: month by month what came in, went back and was set off. Its sum is what the overview calls paid.</summary>
internal sealed class PaymentsSheet(IStringLocalizer<BoardTexts> texts) : IBoardReportSheet
{
    private const string Sql = """
        select date_trunc('month', p.dated_on)::date as Month,
               coalesce(sum(l.debit) filter (where l.ledger_account = 'bank' and i.payment_route is distinct from 'direct_debit'), 0) as Transfers,
               coalesce(sum(l.debit) filter (where l.ledger_account = 'bank' and i.payment_route = 'direct_debit'), 0) as Collections,
               coalesce(-sum(l.credit) filter (where l.ledger_account = 'bank'), 0) as Returns,
               coalesce(sum(l.debit - l.credit) filter (where l.ledger_account = 'credit'
                 and p.kind not in ('opening', 'opening_undo', 'waiver', 'write_off', 'reversal')), 0) as Credits,
               coalesce(sum(l.debit - l.credit) filter (where l.ledger_account = 'recovered'), 0) as Recovered
          from billing.posting p join billing.posting_line l on l.posting_id = p.id left join billing.invoice i on i.id = p.invoice_id
         where p.dated_on between @From and @To
         group by 1
        """;

    public int Order => 220;

    public async Task<ReportSheet> ReadAsync(BoardReading reading, CancellationToken ct)
    {
        var found = (
            await reading.Connection.QueryAsync<Row>(new CommandDefinition(Sql, new { reading.Period.From, reading.Period.To }, cancellationToken: ct))
        ).ToDictionary(r => r.Month);
        var rows = Months(reading).Select(month => found.GetValueOrDefault(month) ?? new Row { Month = month });
        var table = new ReportColumns<Row>()
            .Text(texts["Column.Month"], r => r.Month.ToString("MMMM yyyy", CultureInfo.CurrentCulture), total: texts["Column.Sum"])
            .Money(texts["Column.Transfers"], r => new Money(r.Transfers), total: true)
            .Money(texts["Column.Collections"], r => new Money(r.Collections), total: true)
            .Money(texts["Column.Returns"], r => new Money(r.Returns), total: true)
            .Money(texts["Column.Credits"], r => new Money(r.Credits), total: true)
            .Money(texts["Column.Recovered"], r => new Money(r.Recovered), total: true)
            .Sum(
                texts["Column.PaymentSum"],
                CellFormat.Money,
                (texts["Column.Transfers"], 1),
                (texts["Column.Collections"], 1),
                (texts["Column.Returns"], 1),
                (texts["Column.Credits"], 1),
                (texts["Column.Recovered"], 1)
            )
            .Table("Zahlungen", rows);
        return new ReportSheet(
            texts["Payments.Sheet"],
            texts["Payments.Title", Formats.Of(reading.Period.From), Formats.Of(reading.Period.To)],
            [texts["Payments.Note"]],
            table
        )
        {
            Main = table,
        };
    }

    // Every month of the period that has begun, also one without a payment: a gap in a chart would be a lie.
    private static IEnumerable<DateOnly> Months(BoardReading reading)
    {
        for (var month = new DateOnly(reading.Period.From.Year, reading.Period.From.Month, 1); month <= reading.AsOf; month = month.AddMonths(1))
            yield return month;
    }

    private sealed class Row
    {
        public DateOnly Month { get; init; }

        public decimal Transfers { get; init; }

        public decimal Collections { get; init; }

        public decimal Returns { get; init; }

        public decimal Credits { get; init; }

        public decimal Recovered { get; init; }
    }
}
