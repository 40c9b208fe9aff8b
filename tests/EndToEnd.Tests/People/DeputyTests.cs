using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using Association.Platform.Web.Modules;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.People;

/// <summary>What somebody of the office approves for the board is signed so, wherever it is shown.</summary>
public sealed partial class DeputyTests(RoleOffice roles) : IClassFixture<RoleOffice>
{
    private const string Signed = "Jonas Thull i.\u00a0V. Dr. Nora Groß";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly OfficeHost _office = roles.Office;

    [Fact]
    public async Task a_run_a_waiver_and_a_cancellation_say_who_approved_for_whom()
    {
        using var anna = await new HttpVisit(_office.Address).SignInAsync("office");
        using var jonas = await new HttpVisit(_office.Address).SignInAsync("office2");
        using (var board = await new HttpVisit(_office.Address).SignInAsync("board"))
            await DoneAsync(
                board,
                "/office/people/deputies",
                "deputy",
                ("BoardId", Person("board")),
                ("DeputyId", Person("office2")),
                ("From", "23.11.2026"),
                ("Until", "30.11.2026")
            );
        using (var admin = await new HttpVisit(_office.Address).SignInAsync("admin"))
            await DoneAsync(
                admin,
                "/office/settings/four-eyes",
                "four-eyes",
                ("FourEyes.WaiverFrom", "0"),
                ("FourEyes.WriteOffFrom", "0"),
                ("FourEyes.CancellationFrom", "0"),
                ("FourEyes.RefundFrom", "0")
            );

        var run = (await DoneAsync(anna, "/office/dues", "start", ("Year", "2027"))).Headers.Location!.ToString();
        await DoneAsync(anna, run, "submit");
        await ShouldSayAsync(jonas, run); // where the own name will stand
        await DoneAsync(jonas, run, "approve");
        await ShouldSayAsync(anna, run);
        await ShouldSayAsync(anna, "/office/dues");
        await DoneAsync(anna, run, "execute");
        var invoices = await InvoicesAsync(anna);

        var relief = $"/office/invoices/{invoices[0]}/relief";
        var open = ((IHtmlInputElement)(await anna.ReadAsync(relief)).QuerySelector("input[name=Amount]")!).Value;
        await DoneAsync(
            anna,
            relief,
            "relief",
            ("Kind", "Waiver"),
            ("Amount", open),
            ("ResolvedBy", "Vorstand"),
            ("ResolvedOn", "20.11.2026"),
            ("Resolution", "Protokoll vom 20.11.2026, TOP 3")
        );
        await ShouldSayAsync(jonas, relief);
        await DoneAsync(jonas, relief, "approve");
        await ShouldSayAsync(anna, relief);
        await ShouldSayAsync(anna, "/office/ledger");

        var cancel = $"/office/invoices/{invoices[1]}/cancel";
        await DoneAsync(anna, cancel, "cancel", ("Reason", "Falsche Bettenzahl"));
        await ShouldSayAsync(jonas, cancel);
        await DoneAsync(jonas, cancel, "approve");
        await ShouldSayAsync(anna, "/office/invoices/ST-2026-00001");
    }

    private static async Task<HttpResponseMessage> DoneAsync(HttpVisit visit, string path, string form, params (string, string)[] fields)
    {
        var answer = await visit.SubmitAsync(path, form, fields);
        if (answer.StatusCode != HttpStatusCode.Found)
            (await HttpVisit.ReadAsync(answer)).QuerySelector("[role=alert]")?.TextContent.ShouldBeNull($"{form} at {path}");
        answer.StatusCode.ShouldBe(HttpStatusCode.Found, $"{form} at {path}");
        return answer;
    }

    private static async Task ShouldSayAsync(HttpVisit visit, string path) =>
        (await visit.ReadAsync(path)).Body!.TextContent.ShouldContain(Signed, Case.Sensitive, path);

    // The run issues in the background: two invoices are enough here.
    private static async Task<IReadOnlyList<string>> InvoicesAsync(HttpVisit visit)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (true)
        {
            var numbers = Number().Matches((await visit.ReadAsync("/office/invoices")).Body!.TextContent).Select(m => m.Value).Distinct().ToList();
            if (numbers.Count >= 2)
                return numbers;
            await Task.Delay(TimeSpan.FromMilliseconds(100), timeout.Token);
        }
    }

    private static string Person(string login) => DemoPeople.All.Single(p => p.Login == login).Id.Value.ToString();

    [GeneratedRegex(@"BR-2026-\d{5}")]
    private static partial Regex Number();
}
