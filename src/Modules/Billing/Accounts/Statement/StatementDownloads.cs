using Association.Billing.Contracts;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Excel;
using Association.Platform.Documents.Letters;
using Association.Platform.Messaging;
using Association.Platform.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Association.Billing.Accounts.Statement;

/// <summary>A statement as a letter and as Excel.</summary>
internal static class StatementDownloads
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(BillingPages.Accounts + "/{number}/statement.pdf", PdfAsync);
        routes.MapGet(BillingPages.Accounts + "/{number}/statement.xlsx", ExcelAsync);
    }

    [RequirePermission(BillingModule.ReadLedger)]
    private static async Task<IResult> PdfAsync(
        string number,
        [FromQuery] string? from,
        [FromQuery] string? to,
        IMessageBus bus,
        IAssociationProfiles profiles,
        TimeProvider clock,
        IStringLocalizer<AccountTexts> texts,
        HttpResponse response,
        CancellationToken ct
    )
    {
        var period = StatementPeriod.Read(from, to);
        if (await bus.QueryAsync(new GetStatement(number, period.From, period.To), ct) is not { } statement)
            return Results.NotFound();
        var letter = StatementLetter.Write(statement, await profiles.CurrentAsync(ct), clock.Today(), clock.GetUtcNow());
        response.Headers.ContentDisposition = new Microsoft.Net.Http.Headers.ContentDispositionHeaderValue("inline")
        {
            FileNameStar = FileName(statement, texts) + ".pdf",
        }.ToString();
        return Results.Bytes(Letter.Render(letter), "application/pdf");
    }

    [RequirePermission(BillingModule.ReadLedger)]
    private static async Task<IResult> ExcelAsync(
        string number,
        [FromQuery] string? from,
        [FromQuery] string? to,
        IMessageBus bus,
        TimeProvider clock,
        IStringLocalizer<AccountTexts> texts,
        IStringLocalizer<BillingTexts> billing,
        CancellationToken ct
    )
    {
        var period = StatementPeriod.Read(from, to);
        if (await bus.QueryAsync(new GetStatement(number, period.From, period.To), ct) is not { } statement)
            return Results.NotFound();
        var columns = new SheetColumns<StatementLine>()
            .Date(billing["Column.BookedOn"], l => l.BookedOn)
            .Date(billing["Column.Date"], l => l.DatedOn)
            .Text(billing["Column.Posting"], l => billing["Posting." + EnumText.Of(l.Kind)])
            .Text(billing["Column.Number"], l => l.Number)
            .Text(texts["Statement.Text"], l => l.Text)
            .Money(billing["Column.Debit"], l => Shown(l.Debit))
            .Money(billing["Column.Credit"], l => Shown(l.Credit))
            .Money(billing["Column.Balance"], l => l.Balance);
        return Results.Stream(
            output => SpreadsheetWriter.WriteAsync(output, texts["Statement.Here"], clock.GetUtcNow(), columns, statement.Lines.ToAsyncEnumerable(), ct),
            SpreadsheetWriter.MediaType,
            FileName(statement, texts) + ".xlsx"
        );
    }

    private static Money? Shown(Money amount) => amount == Money.Zero ? null : amount;

    private static string FileName(AccountStatement statement, IStringLocalizer<AccountTexts> texts) => $"{texts["File.Statement"]}-{statement.Holder.Number}";
}
