using System.Globalization;
using Association.Events.Contracts;
using Association.Events.Planning.Model;
using Association.Platform.Data.Settings;
using Association.Platform.Documents.Excel;
using Association.Platform.Documents.Pdf;
using Association.Platform.Messaging;
using Association.Platform.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Association.Events.Attending;

/// <summary>Who came, with minutes, as a workbook; badges as a sheet.</summary>
internal static class AttendingDownloads
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(EventsPages.Events + "/{number:int}/attendance.xlsx", ListAsync);
        routes.MapGet(EventsPages.Events + "/{number:int}/badges.pdf", BadgesAsync);
    }

    [RequirePermission(AttendingFeature.CheckIn)]
    private static async Task<IResult> ListAsync(
        int number,
        IMessageBus bus,
        IStringLocalizer<AttendingTexts> texts,
        TimeProvider clock,
        CancellationToken ct
    ) =>
        await bus.QueryAsync(new ReadAttendance(number), ct) is { } attendance
            ? Results.Stream(
                output => SpreadsheetWriter.WriteAsync(output, texts["List.File"], clock.GetUtcNow(), Columns(attendance, texts), Rows(attendance), ct),
                SpreadsheetWriter.MediaType,
                string.Create(CultureInfo.InvariantCulture, $"{texts["List.File"].Value}-{number}.xlsx")
            )
            : Results.NotFound();

    [RequirePermission(AttendingFeature.CheckIn)]
    private static async Task<IResult> BadgesAsync(int number, IMessageBus bus, IAssociationProfiles profiles, CancellationToken ct) =>
        await bus.QueryAsync(new ReadAttendance(number), ct) is { People.Count: > 0 } attendance
            ? Results.File(
                Badges.Of(attendance.Plan, attendance.People, await profiles.CurrentAsync(ct), Words.Reader, attendance.Plan.ChangedAt),
                PdfDocument.MediaType,
                string.Create(CultureInfo.InvariantCulture, $"badges-{number}.pdf")
            )
            : Results.NotFound();

    private static SheetColumns<AttendingPerson> Columns(Attendance attendance, IStringLocalizer<AttendingTexts> texts)
    {
        var columns = new SheetColumns<AttendingPerson>()
            .Text(texts["Column.Name"], p => p.Name)
            .Text(texts["Column.Organisation"], p => p.Organisation)
            .YesNo(texts["Column.WasThere"], p => p.CameAt is not null)
            .Text(texts["Column.Came"], p => p.CameAt is { } at ? ClockTime.Short(at.ToClock()) : "")
            .WholeNumber(texts["Column.Minutes"], p => p.MinutesAt(attendance.Plan));
        foreach (var part in attendance.Plan.Sessions.Where(s => s.Kind == SessionKind.Session).OrderBy(s => s.Starts))
            columns = columns.WholeNumber(
                texts["Column.MinutesOf", $"{ClockTime.Short(part.Starts)} {part.Title.In(Words.Reader)}"],
                p => p.MinutesAt(part, attendance.Plan)
            );
        return columns.Text(texts["Column.Signature"], _ => "");
    }

    private static async IAsyncEnumerable<AttendingPerson> Rows(Attendance attendance)
    {
        foreach (var person in attendance.People)
            yield return person;
        await Task.CompletedTask;
    }
}
