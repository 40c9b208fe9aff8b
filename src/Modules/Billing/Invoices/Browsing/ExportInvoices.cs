using Association.Billing.Data;
using Association.Platform.Messaging;
using Association.Platform.Web.Lists;

namespace Association.Billing.Invoices.Browsing;

/// <summary>The list as a workbook: the columns of the table in its order, all pages of what is filtered, straight from the database's answer.</summary>
/// <param name="List">Filter, order, columns.</param>
/// <param name="Output">Written to asynchronously; left open.</param>
[Permission(BillingModule.ReadInvoices)]
internal sealed record ExportInvoices(ListAddress<InvoiceFilter, InvoiceColumn> List, Stream Output) : IQuery<InvoicesExported>;

/// <summary>The workbook is written.</summary>
internal sealed record InvoicesExported;

internal static class ExportInvoicesHandler
{
    public static async Task<InvoicesExported> HandleAsync(ExportInvoices query, BillingDb db, InvoicesView list, TimeProvider clock, CancellationToken ct)
    {
        var rows = ListInvoicesHandler.AllAsync(db, query.List.Filter, query.List.Sort, clock, ct);
        await list.WriteAsync(query.Output, query.List.Columns.Shown, rows, clock.GetUtcNow(), ct);
        return new InvoicesExported();
    }
}
