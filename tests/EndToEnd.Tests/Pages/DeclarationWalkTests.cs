using System.Net;
using System.Text.RegularExpressions;
using Association.Platform.Data.Settings;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>The office asks for self-declarations; a hospital's clerk answers in French on a phone without scripts; the office confirms, and the value counts.</summary>
public sealed partial class DeclarationWalkTests(OfficeHost office, Chromium chromium) : IClassFixture<OfficeHost>, IClassFixture<Chromium>
{
    private const string Clerk = "claire.martin@chu.example";

    [SkippableFact]
    public async Task a_clerk_answers_in_french_on_a_phone_and_the_office_confirms()
    {
        await using var server = new TrialServer();
        var number = await PrepareAsync(server.Port);
        await using var anna = await Visit.BeginAsync(chromium, office);
        await anna.SignInAsync("office");
        await OpenAsync(anna);
        var link = await LinkAsync(server);

        await using (var looking = await Visit.BeginAsync(chromium, office, width: 390, height: 844))
            await LookAsync(looking, link);
        await using (var clerk = await Visit.BeginAsync(chromium, office, width: 390, height: 844, scripts: false))
            await AnswerAsync(clerk, link);

        await ConfirmAsync(anna, number);
        anna.Complaints.ShouldBeEmpty();

        await using var later = await Visit.BeginAsync(chromium, office, width: 390, height: 844);
        await later.Page.GotoAsync(link);
        await Expect(later.Page.GetByText("Votre réponse est confirmée")).ToBeVisibleAsync();
        await later.ShouldBeAccessibleAsync();
        await GuessAsync();
    }

    // The page looks a secret up also when it is only read: who tries many is sent away.
    private async Task GuessAsync()
    {
        using var http = new HttpClient { BaseAddress = office.Address };
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 100; i++)
            answers.Add((await http.GetAsync(new Uri($"/declaration?key={new string('A', 40)}{i:000}", UriKind.Relative))).StatusCode);
        answers.ShouldContain(HttpStatusCode.TooManyRequests);
        answers.Where(a => a != HttpStatusCode.TooManyRequests).ShouldAllBe(a => a == HttpStatusCode.OK); // unknown: the same friendly page
    }

    private static async Task OpenAsync(Visit anna)
    {
        var page = anna.Page;
        await Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new(@"^\d+ Selbstauskünfte anfordern$") })).ToBeVisibleAsync();
        await page.GotoAsync("/office/declarations");
        await page.GetByRole(AriaRole.Link, new() { Name = "Runde eröffnen" }).ClickAsync();
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("declarations-open");
        await page.GetByRole(AriaRole.Button, new() { Name = "Jetzt anfordern" }).ClickAsync();
        await Expect(page.GetByText("angeschrieben.")).ToBeVisibleAsync();
        await anna.ShootAsync("declarations-opened");
    }

    private static async Task LookAsync(Visit clerk, string link)
    {
        await clerk.Page.GotoAsync(link);
        await Expect(clerk.Page.Locator("html")).ToHaveAttributeAsync("lang", "fr");
        await clerk.ShouldFitAsync();
        await clerk.ShouldBeAccessibleAsync();
        await clerk.ShootAsync("declaration-phone-french");
        var shown = await clerk.Page.Locator("main").AllInnerTextsAsync();
        GermanTexts.AmongAlsoFilled([.. shown.SelectMany(s => s.Split('\n'))]).ShouldBeEmpty();
        await clerk.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("English") }).ClickAsync();
        await Expect(clerk.Page.Locator("h1")).ToHaveTextAsync("Self-declaration 2027");
        await clerk.Page.GotoAsync("/declaration");
        await clerk.ShouldBeAccessibleAsync();
        await clerk.Page.GetByLabel("Member number").FillAsync("5005");
        await clerk.Page.GetByLabel("Code", new() { Exact = true }).FillAsync("0000-0000-00");
        await clerk.Page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Expect(clerk.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("do not belong together");
        await clerk.ShootAsync("declaration-code-refused");
    }

    private static async Task AnswerAsync(Visit clerk, string link)
    {
        var page = clerk.Page;
        (await page.GotoAsync(link))!.Headers["referrer-policy"].ShouldBe("no-referrer");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Auto-déclaration 2027");
        await page.GetByLabel(new Regex("^Lits")).FillAsync("900");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enregistrer le brouillon" }).ClickAsync();
        await Expect(page.GetByText("Brouillon enregistré")).ToBeVisibleAsync();
        await Expect(page.GetByLabel(new Regex("^Lits"))).ToHaveValueAsync("900");

        await page.GetByLabel("Votre nom").FillAsync("Claire Martin");
        await page.GetByLabel(new Regex("justificatif"))
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "arrêté.pdf",
                    MimeType = "application/pdf",
                    Buffer = Pdf(),
                }
            );
        await page.GetByRole(AriaRole.Button, new() { Name = "Envoyer" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("indiquez-en la raison");
        await Expect(page.GetByText("arrêté.pdf")).ToBeVisibleAsync(); // the file is kept although the rest was refused
        await Expect(page.GetByLabel("Votre nom")).ToHaveValueAsync("Claire Martin");
        await clerk.ShootAsync("declaration-reason");
        await page.GetByLabel(new Regex("^Raison")).FillAsync("Fusion avec la clinique voisine");
        await page.GetByRole(AriaRole.Button, new() { Name = "Envoyer" }).ClickAsync();
        await Expect(page.GetByText("Merci, votre réponse nous est parvenue")).ToBeVisibleAsync();
        await clerk.ShootAsync("declaration-thanks");
        clerk.Complaints.ShouldBeEmpty();
    }

    private static async Task ConfirmAsync(Visit anna, string number)
    {
        var page = anna.Page;
        await page.GotoAsync("/office/declarations?state=Implausible");
        await Expect(page.GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(1);
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("declarations-list");
        await page.GetByRole(AriaRole.Rowheader).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByText("Fusion avec la clinique voisine")).ToBeVisibleAsync();
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("declaration-request");
        var proof = await page.APIRequest.GetAsync($"/office/declarations/2027/{number}/proof");
        (await proof.BodyAsync()).ShouldBe(Pdf());
        await page.GetByRole(AriaRole.Button, new() { Name = "Bestätigen", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Bestätigt; die Zahl gilt für den Beitrag.")).ToBeVisibleAsync();
        await anna.ShootAsync("declaration-confirmed");
        foreach (var (width, name) in new[] { (1280, "1280"), (390, "390") })
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.GotoAsync("/office/declarations");
            await anna.ShouldFitAsync();
            await anna.ShootAsync("declarations-list-" + name);
            await page.GotoAsync($"/office/declarations/2027/{number}");
            await anna.ShouldFitAsync();
            await anna.ShootAsync("declaration-request-" + name);
        }
        await page.SetViewportSizeAsync(1440, 900);
        await page.GotoAsync($"/office/members/{number}");
        await Expect(page.Locator("#values").Locator("xpath=ancestor-or-self::section").GetByRole(AriaRole.Row, new() { NameRegex = new("900") }))
            .ToContainTextAsync("Selbstauskunft");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Selbstauskunft 2027" })).ToBeVisibleAsync();
        await anna.ShouldBeAccessibleAsync();
        await anna.ShootAsync("declaration-member");
    }

    // A hospital in France that nobody knows the beds of, and a server that takes mails.
    private async Task<string> PrepareAsync(int port)
    {
        await using var connection = await office.ConnectAsync();
        var number = await connection.ExecuteScalarAsync<string>(
            """
            update membership.member set name = 'CHU de la Moselle', language = 'fr', email = @Clerk
             where number = (select min(number) from membership.member where category = 'hospital' and left_on is null) returning number;
            """,
            new { Clerk }
        );
        await connection.ExecuteAsync(
            """
            delete from membership.input_value v using membership.member m where m.id = v.member_id and m.number = @number;
            insert into membership.input_value (id, member_id, measure, value, as_of, source)
            select gen_random_uuid(), id, 'beds', 400, '2025-12-31', 'self_declaration' from membership.member where number = @number
            """,
            new { number }
        );
        await using var scope = office.Services.CreateAsyncScope();
        var rules = scope.ServiceProvider.GetRequiredService<IOfficeRules>();
        var mail = new MailRules
        {
            Server = "127.0.0.1",
            Port = port,
            Security = MailSecurity.Plain,
            SenderAddress = "post@bliesland.example",
        };
        (await rules.SaveAsync(connection, await rules.CurrentAsync(CancellationToken.None) with { Mail = mail }, CancellationToken.None)).ShouldNotBeNull();
        return number!;
    }

    private static async Task<string> LinkAsync(TrialServer server)
    {
        await Waiting.UntilAsync(() => Task.FromResult(server.Mails.Any(m => m.To.Contains(Clerk))), 60, "the clerk has her mail");
        var text = server
            .Mails.First(m => m.To.Contains(Clerk))
            .Data.Replace("=\r\n", "", StringComparison.Ordinal)
            .Replace("=3D", "=", StringComparison.Ordinal);
        return Link().Match(text).Value;
    }

    private static byte[] Pdf() => "%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"u8.ToArray();

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/declaration\?key=[A-Za-z0-9_-]{43}")]
    private static partial Regex Link();
}
