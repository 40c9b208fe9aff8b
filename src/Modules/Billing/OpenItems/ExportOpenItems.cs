using Association.Billing.Accounts;
using Association.Billing.Accounts.Statement;
using Association.Billing.Contracts;
using Association.Billing.Data;
using Association.Billing.Invoices.Browsing;
using Association.Billing.Invoices.Documents;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Archive;
using Association.Platform.Documents.Excel;
using Association.Platform.Messaging;
using Association.Platform.Web.Components;
using Association.Platform.Web.Lists;
using Association.Platform.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Association.Billing.OpenItems;

/// <summary>The list as a workbook: the columns of the table in its order, all pages of what is filtered, straight from the database's answer.</summary>
/// <param name="List">Filter, order, columns.</param>
/// <param name="Output">Written to asynchronously; left open.</param>
[Permission(BillingModule.ReadLedger)]
internal sealed record ExportOpenItems(ListAddress<OpenItemFilter, OpenItemColumn> List, Stream Output) : IQuery<OpenItemsExported>;

/// <summary>The workbook is written.</summary>
internal sealed record OpenItemsExported;

internal static class ExportOpenItemsHandler
{
    public static async Task<OpenItemsExported> HandleAsync(ExportOpenItems query, BillingDb db, OpenItemsView list, TimeProvider clock, CancellationToken ct)
    {
        var rows = ListOpenItemsHandler.AllAsync(db, query.List.Filter, query.List.Sort, clock, ct);
        await list.WriteAsync(query.Output, query.List.Columns.Shown, rows, clock.GetUtcNow(), ct);
        return new OpenItemsExported();
    }
}

internal static class OpenItemDownloads
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(BillingPages.OpenItems + "/list.xlsx", ListAsync);
        routes.MapGet(BillingPages.OpenItems + "/print.pdf", PrintAsync);
        routes.MapGet(BillingPages.OpenItems + "/statements.pdf", StatementsAsync);
    }

    [RequirePermission(BillingModule.ReadLedger)]
    private static IResult ListAsync(HttpRequest request, OpenItemsView list, IMessageBus bus, IStringLocalizer<BillingTexts> texts, CancellationToken ct) =>
        Results.Stream(
            output => bus.QueryAsync(new ExportOpenItems(list.Read(request.Query), output), ct),
            SpreadsheetWriter.MediaType,
            texts["File.OpenItems"] + ".xlsx"
        );

    [RequirePermission(BillingModule.ReadInvoices)]
    private static async Task<IResult> PrintAsync(
        HttpRequest request,
        OpenItemsView list,
        IMessageBus bus,
        FileArchive archive,
        IAssociationProfiles profiles,
        Toasts toasts,
        TimeProvider clock,
        IStringLocalizer<BillingTexts> texts,
        CancellationToken ct
    )
    {
        var chosen = await bus.QueryAsync(Chosen(request, list), ct);
        if (await InvoiceDownloads.PrintedAsync(new InvoiceFilter(Numbers: chosen.Numbers), bus, archive, profiles, clock, texts, ct) is { } printed)
            return printed;
        toasts.Say(texts["OpenItems.NoDocuments"]);
        return Results.LocalRedirect(BillingPages.OpenItems);
    }

    [RequirePermission(BillingModule.ReadLedger)]
    private static async Task<IResult> StatementsAsync(
        HttpRequest request,
        OpenItemsView list,
        IMessageBus bus,
        IStringLocalizer<AccountTexts> texts,
        CancellationToken ct
    ) => PrintStatementsHandler.Download((await bus.QueryAsync(Chosen(request, list), ct)).Members, bus, texts, ct);

    private static ChooseOpenItems Chosen(HttpRequest request, OpenItemsView list)
    {
        var asked = list.Read(request.Query);
        return new ChooseOpenItems(asked.Filter, asked.Sort);
    }
}
