using System.Globalization;
using System.Runtime.CompilerServices;
using Association.Billing.Invoices.Browsing;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Archive;
using Association.Platform.Documents.Excel;
using Association.Platform.Documents.Pdf;
using Association.Platform.Messaging;
using Association.Platform.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Invoices.Documents;

/// <summary>Issued documents as files: one PDF, a selection as one PDF for printing or as ZIP, the list as Excel. Always the archived bytes.</summary>
internal static class InvoiceDownloads
{
    private const int PageSize = 1000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(BillingUrl.Invoices + "/{number}/document.pdf", DocumentAsync);
        routes.MapGet(BillingUrl.Invoices + "/print.pdf", PrintAsync);
        routes.MapGet(BillingUrl.Invoices + "/documents.zip", ZipAsync);
        routes.MapGet(BillingUrl.Invoices + "/list.xlsx", ListAsync);
    }

    [RequirePermission(BillingModule.ReadInvoices)]
    private static async Task<IResult> DocumentAsync(string number, int? edition, IMessageBus bus, HttpResponse response, CancellationToken ct)
    {
        if (await bus.QueryAsync(new ReadDocument(number, edition), ct) is not { } pdf) return Results.NotFound();
        response.Headers.ContentDisposition = new Microsoft.Net.Http.Headers.ContentDispositionHeaderValue("inline") { FileNameStar = number.ToUpperInvariant() + ".pdf" }.ToString();
        return Results.Bytes(pdf, "application/pdf");
    }

    [RequirePermission(BillingModule.ReadInvoices)]
    private static async Task<IResult> PrintAsync(
        [AsParameters] Selection selection, IMessageBus bus, FileArchive archive, IAssociationProfiles profiles, TimeProvider clock, IStringLocalizer<BillingTexts> texts, CancellationToken ct)
    {
        var list = await bus.QueryAsync(new ListDocuments(selection.Filter), ct);
        if (list.Documents.Count == 0) return Results.NotFound();
        var information = new PdfInformation(
            texts["Invoices.Title"], (await profiles.CurrentAsync(ct)).Name, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, clock.GetUtcNow());
        return Results.Stream(output => WriteBundleAsync(output, information, archive.ReadAllAsync(list.Files, ct), ct), "application/pdf", texts["File.Invoices"] + ".pdf");
    }

    [RequirePermission(BillingModule.ReadInvoices)]
    private static async Task<IResult> ZipAsync(
        [AsParameters] Selection selection, IMessageBus bus, FileArchive archive, TimeProvider clock, IStringLocalizer<BillingTexts> texts, CancellationToken ct)
    {
        var list = await bus.QueryAsync(new ListDocuments(selection.Filter), ct);
        return Results.Stream(
            output => WriteZipAsync(output, clock.GetUtcNow(), archive.ReadAllAsync(list.Files, ct), ct), ZipWriter.MediaType, texts["File.Invoices"] + ".zip");
    }

    [RequirePermission(BillingModule.ReadInvoices)]
    private static IResult ListAsync([AsParameters] Selection selection, IMessageBus bus, TimeProvider clock, IStringLocalizer<BillingTexts> texts, CancellationToken ct) =>
        Results.Stream(
            output => SpreadsheetWriter.WriteAsync(output, texts["Invoices.Title"], clock.GetUtcNow(), Columns(texts), LinesAsync(bus, selection.Filter, ct), ct),
            SpreadsheetWriter.MediaType, texts["File.Invoices"] + ".xlsx");

    // Every letter begins on a sheet of its own, also when the printer prints on both sides.
    private static async Task WriteBundleAsync(Stream output, PdfInformation information, IAsyncEnumerable<ArchivedFile> files, CancellationToken ct)
    {
        using var bundle = new PdfBundle(output, information, startOnFront: true);
        await foreach (var file in files) await bundle.AddAsync(file.Bytes, ct);
        await bundle.FinishAsync(ct);
    }

    private static async Task WriteZipAsync(Stream output, DateTimeOffset created, IAsyncEnumerable<ArchivedFile> files, CancellationToken ct)
    {
        using var zip = new ZipWriter(output, created);
        await foreach (var file in files) await zip.AddAsync(file.Name, file.Bytes, ct);
        await zip.FinishAsync(ct);
    }

    private static async IAsyncEnumerable<InvoiceLine> LinesAsync(IMessageBus bus, InvoiceFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        string? after = null;
        do
        {
            var page = await bus.QueryAsync(new ListInvoices(filter, "number", after, PageSize), ct);
            foreach (var line in page.Rows) yield return line;
            after = page.After;
        }
        while (after is not null);
    }

    private static SheetColumns<InvoiceLine> Columns(IStringLocalizer<BillingTexts> texts) => new SheetColumns<InvoiceLine>()
        .Text(texts["Column.Number"], l => l.Number)
        .Text(texts["Column.MemberNumber"], l => l.MemberNumber)
        .Text(texts["Column.Member"], l => l.MemberName)
        .WholeNumber(texts["Column.DuesYear"], l => l.DuesYear)
        .Date(texts["Column.IssuedOn"], l => l.IssuedOn)
        .Date(texts["Column.DueOn"], l => l.State == InvoiceState.Cancellation ? null : l.DueOn)
        .Text(texts["Invoice.Route"], l => l.State == InvoiceState.Cancellation ? null : texts["Route." + l.Route].Value)
        .Money(texts["Column.Amount"], l => l.Amount)
        .Money(texts["Column.Open"], l => l.Open == Money.Zero ? null : l.Open)
        .Text(texts["Column.State"], l => texts["State." + l.State]);

    /// <summary>The list's filter, or the numbers that were ticked in it.</summary>
    private sealed record Selection(
        [FromQuery(Name = "q")] string? Search, [FromQuery(Name = "state")] string? State, [FromQuery(Name = "route")] string? Route,
        [FromQuery(Name = "year")] string? Year, [FromQuery(Name = "run")] string? Run, [FromQuery(Name = "number")] string[]? Numbers)
    {
        public InvoiceFilter Filter => Numbers is { Length: > 0 } ? new InvoiceFilter(Numbers: Numbers) : InvoiceQuery.Read(Search, State, Route, Year, Run).Filter;
    }
}
