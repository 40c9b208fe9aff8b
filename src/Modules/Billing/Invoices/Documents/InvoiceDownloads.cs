using System.Globalization;
using Association.Billing.Accounts;
using Association.Billing.Accounts.Statement;
using Association.Billing.Contracts;
using Association.Billing.Invoices.Browsing;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Archive;
using Association.Platform.Documents.Excel;
using Association.Platform.Documents.Pdf;
using Association.Platform.Messaging;
using Association.Platform.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Invoices.Documents;

/// <summary>Issued documents as files: one PDF, a selection as one PDF for printing or as ZIP, the list as Excel. Always the archived bytes.</summary>
internal static class InvoiceDownloads
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(BillingPages.Invoices + "/{number}/document.pdf", DocumentAsync);
        routes.MapGet(BillingPages.Invoices + "/print.pdf", PrintAsync);
        routes.MapGet(BillingPages.Invoices + "/documents.zip", ZipAsync);
        routes.MapGet(BillingPages.Invoices + "/list.xlsx", ListAsync);
        routes.MapGet(BillingPages.Invoices + "/statements.pdf", StatementsAsync);
    }

    [RequirePermission(BillingModule.ReadInvoices)]
    private static async Task<IResult> DocumentAsync(string number, int? edition, IMessageBus bus, HttpResponse response, CancellationToken ct)
    {
        if (await bus.QueryAsync(new ReadDocument(number, edition), ct) is not { } pdf)
            return Results.NotFound();
        response.Headers.ContentDisposition = new Microsoft.Net.Http.Headers.ContentDispositionHeaderValue("inline")
        {
            FileNameStar = number.ToUpperInvariant() + ".pdf",
        }.ToString();
        return Results.Bytes(pdf, "application/pdf");
    }

    [RequirePermission(BillingModule.ReadInvoices)]
    private static async Task<IResult> PrintAsync(
        HttpRequest request,
        InvoicesView list,
        IMessageBus bus,
        FileArchive archive,
        IAssociationProfiles profiles,
        TimeProvider clock,
        IStringLocalizer<BillingTexts> texts,
        CancellationToken ct
    ) => await PrintedAsync(list.Read(request.Query).Filter, bus, archive, profiles, clock, texts, ct) ?? Results.NotFound();

    /// <summary>Archived documents again, as one PDF for the printer; null when there is none.</summary>
    public static async Task<IResult?> PrintedAsync(
        InvoiceFilter filter,
        IMessageBus bus,
        FileArchive archive,
        IAssociationProfiles profiles,
        TimeProvider clock,
        IStringLocalizer<BillingTexts> texts,
        CancellationToken ct
    )
    {
        var list = await bus.QueryAsync(new ListDocuments(filter), ct);
        if (list.Documents.Count == 0)
            return null;
        var information = new PdfInformation(
            texts["Invoices.Title"],
            (await profiles.CurrentAsync(ct)).Name,
            CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
            clock.GetUtcNow()
        );
        // Every letter begins on a sheet of its own, also when the printer prints on both sides.
        return Results.Stream(
            output => archive.JoinAsync(list.Files, output, information, startOnFront: true, ct),
            "application/pdf",
            texts["File.Invoices"] + ".pdf"
        );
    }

    [RequirePermission(BillingModule.ReadInvoices)]
    private static async Task<IResult> ZipAsync(
        HttpRequest request,
        InvoicesView list,
        IMessageBus bus,
        FileArchive archive,
        TimeProvider clock,
        IStringLocalizer<BillingTexts> texts,
        CancellationToken ct
    )
    {
        var documents = await bus.QueryAsync(new ListDocuments(list.Read(request.Query).Filter), ct);
        return Results.Stream(
            output => WriteZipAsync(output, clock.GetUtcNow(), archive.ReadAllAsync(documents.Files, ct), ct),
            ZipWriter.MediaType,
            texts["File.Invoices"] + ".zip"
        );
    }

    [RequirePermission(BillingModule.ReadInvoices)]
    private static IResult ListAsync(HttpRequest request, InvoicesView list, IMessageBus bus, IStringLocalizer<BillingTexts> texts, CancellationToken ct) =>
        Results.Stream(
            output => bus.QueryAsync(new ExportInvoices(list.Read(request.Query), output), ct),
            SpreadsheetWriter.MediaType,
            texts["File.Invoices"] + ".xlsx"
        );

    [RequirePermission(BillingModule.ReadLedger)]
    private static async Task<IResult> StatementsAsync(
        HttpRequest request,
        InvoicesView list,
        IMessageBus bus,
        IStringLocalizer<AccountTexts> texts,
        CancellationToken ct
    ) => PrintStatementsHandler.Download((await bus.QueryAsync(new ListDocuments(list.Read(request.Query).Filter), ct)).Members, bus, texts, ct);

    private static async Task WriteZipAsync(Stream output, DateTimeOffset created, IAsyncEnumerable<ArchivedFile> files, CancellationToken ct)
    {
        using var zip = new ZipWriter(output, created);
        await foreach (var file in files)
            await zip.AddAsync(file.Name, file.Bytes, ct);
        await zip.FinishAsync(ct);
    }
}
