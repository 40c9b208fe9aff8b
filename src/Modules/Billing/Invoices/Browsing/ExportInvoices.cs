using Association.Billing.Data;
using Association.Platform.Documents.Excel;
using Association.Platform.Messaging;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Invoices.Browsing;

/// <summary>The list as a workbook: the columns of the table in its order, all pages of what is filtered, straight from the database's answer.</summary>
/// <param name="List">Filter, order, columns.</param>
/// <param name="Output">Written to asynchronously; left open.</param>
[Permission(BillingModule.ReadInvoices)]
internal sealed record ExportInvoices(InvoiceQuery List, Stream Output) : IQuery<InvoicesExported>;

/// <summary>The workbook is written.</summary>
internal sealed record InvoicesExported;

internal static class ExportInvoicesHandler
{
    public static async Task<InvoicesExported> HandleAsync(
        ExportInvoices query,
        BillingDb db,
        IStringLocalizer<BillingTexts> texts,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        await SpreadsheetWriter.WriteAsync(
            query.Output,
            texts["Invoices.Title"],
            clock.GetUtcNow(),
            InvoiceColumns.Sheet(query.List.Columns.Shown, texts),
            ListInvoicesHandler.AllAsync(db, query.List.Filter, query.List.Sort, clock, ct),
            ct
        );
        return new InvoicesExported();
    }
}
