using Association.Billing.Dunning.Letters;
using Association.Billing.Receivables;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Web.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Association.Billing.Dunning.Wordings;

/// <summary>The letter as it would be, from a form that is not kept yet.</summary>
internal static class TextPreviewDownload
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost(DunningUrl.Start + "/text-preview/{level}/{language}", PreviewAsync);

    // What cannot be a reminder yet is said in plain text; the page has the same check.
    [RequirePermission(BillingModule.PrepareReminders)]
    private static async Task<IResult> PreviewAsync(
        DunningLevel level,
        string language,
        HttpContext context,
        IAntiforgery antiforgery,
        IMessageBus bus,
        CancellationToken ct
    )
    {
        await antiforgery.ValidateRequestAsync(context);
        var form = await context.Request.ReadFormAsync(ct);
        var wording = new ReminderWording(
            CleanText.Line(form[nameof(ReminderWording.Subject)].ToString()),
            CleanText.Lines(form[nameof(ReminderWording.Introduction)].ToString()),
            CleanText.Lines(form[nameof(ReminderWording.Request)].ToString()),
            CleanText.Line(form[nameof(ReminderWording.Closing)].ToString())
        );
        try
        {
            return Results.Bytes(await bus.QueryAsync(new PreviewReminderText(level, language, wording), ct), "application/pdf");
        }
        catch (ProblemsException refused)
        {
            return Results.Text(string.Join('\n', refused.Problems.Select(p => p.Text)), statusCode: StatusCodes.Status400BadRequest);
        }
    }
}
