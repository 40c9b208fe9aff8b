using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Association.Testing;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>The administrator sets a mail server, tries it, invites somebody by mail, and decides about a mail that did not arrive.</summary>
[Collection(OfficeCollection.Name)]
public sealed partial class MailWalkTests(OfficeHost office, Chromium chromium)
{
    [SkippableFact]
    public async Task a_server_is_set_and_an_invitation_goes_by_mail()
    {
        await using var server = new TrialServer();
        await using var admin = await Visit.BeginAsync(chromium, office, host: "localhost");
        await admin.SignInAsync("admin");
        try
        {
            await SetServerAsync(admin, server);
            await TryServerAsync(admin, server);
            await InviteAsync(admin, server);
            await DecideAsync(admin, server);
        }
        finally
        {
            await admin.Page.GotoAsync("/office/settings/mail"); // the other walks know the office without a server
            await admin.Page.GetByLabel("Server", new() { Exact = true }).FillAsync("");
            await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Speichern" }).ClickAsync();
            await Expect(admin.Page.GetByText("Kein Postausgangsserver eingetragen")).ToBeVisibleAsync();
        }
        admin.Complaints.ShouldBeEmpty();

        await admin.Page.SetViewportSizeAsync(390, 844);
        await admin.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        foreach (
            var (path, picture) in new[]
            {
                ("/office/settings/mail", "mail-settings-phone"),
                ("/office/mail", "mail-outgoing-phone"),
                ("/office/people/new", "mail-invite-phone"),
            }
        )
        {
            await admin.Page.GotoAsync(path);
            await admin.ShouldFitAsync();
            await admin.ShouldBeAccessibleAsync();
            await admin.ShootAsync(picture);
        }
    }

    private static async Task SetServerAsync(Visit admin, TrialServer server)
    {
        await admin.Page.GotoAsync("/office/mail");
        await Expect(admin.Page.GetByText("Kein Postausgangsserver eingetragen")).ToBeVisibleAsync();
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "Server eintragen" }).ClickAsync();
        await admin.Page.GetByLabel("Server", new() { Exact = true }).FillAsync("127.0.0.1");
        await admin.Page.GetByLabel("Port", new() { Exact = true }).FillAsync("abc");
        await admin.Page.GetByRole(AriaRole.Radio, new() { NameRegex = new("^keine, nur") }).CheckAsync();
        await admin.Page.GetByLabel("Adresse des Absenders").FillAsync("geschäft");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Speichern" }).ClickAsync();
        await Expect(admin.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(admin.Page.GetByLabel("Adresse des Absenders")).ToHaveValueAsync("geschäft"); // nothing typed is lost
        await admin.Page.GetByLabel("Port", new() { Exact = true }).FillAsync(server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await admin.Page.GetByLabel("Adresse des Absenders").FillAsync("post@bliesland.example");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Speichern" }).ClickAsync();
        await Expect(admin.Page.GetByText("Gespeichert. Es gilt ab jetzt.")).ToBeVisibleAsync();
    }

    private static async Task TryServerAsync(Visit admin, TrialServer server)
    {
        server.Answer = line =>
            line.StartsWith("MAIL", StringComparison.Ordinal) ? "553 5.7.1 <post@bliesland.example>: Sender address rejected: not owned by user" : null;
        await admin.Page.GetByLabel("An", new() { Exact = true }).FillAsync("anna@bliesland.example");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Testmail senden" }).ClickAsync();
        await Expect(admin.Page.GetByText("Absender: Der Server hat abgelehnt. Er sagt: „553 5.7.1")).ToBeVisibleAsync();
        await admin.ShouldBeAccessibleAsync();
        await admin.ShootAsync("mail-test-refused");
        server.Answer = _ => null;
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Testmail senden" }).ClickAsync();
        await Expect(admin.Page.GetByText("Der Server hat die Testmail an anna@bliesland.example angenommen")).ToBeVisibleAsync();
        await admin.ShootAsync("mail-settings");
        server.Mails.Single().Data.ShouldContain("Subject: Testmail");
    }

    private async Task InviteAsync(Visit admin, TrialServer server)
    {
        await admin.Page.GotoAsync("/office/people/new");
        await admin.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Wilhelmine Brockhagen-Sauerländer");
        await admin.Page.GetByLabel("Anmeldename").FillAsync("wilhelmine");
        await admin.Page.GetByRole(AriaRole.Radio, new() { NameRegex = new("^Geschäftsstelle") }).CheckAsync();
        await admin.Page.GetByRole(AriaRole.Radio, new() { NameRegex = new("^per E-Mail") }).CheckAsync();
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Zugang anlegen" }).ClickAsync();
        await Expect(admin.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Ohne gültige Adresse geht keine E-Mail hinaus.");
        await admin.Page.GetByLabel("E-Mail", new() { Exact = false }).Last.FillAsync("wilhelmine@bliesland.example");
        await admin.ShootAsync("mail-invite");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Zugang anlegen" }).ClickAsync();
        await Expect(admin.Page.GetByText("Die Einladung geht an wilhelmine@bliesland.example")).ToBeVisibleAsync();
        await Expect(admin.Page.Locator("code.typed")).ToHaveCountAsync(0); // the link is for the person alone
        await admin.ShouldBeAccessibleAsync();
        await admin.ShootAsync("mail-invite-note");

        var link = await LinkAsync(server, 2);
        await using var person = await Visit.BeginAsync(chromium, office, host: "localhost");
        await person.Page.GotoAsync(link);
        await Expect(person.Page.GetByRole(AriaRole.Heading, new() { Name = "Guten Tag, Wilhelmine Brockhagen-Sauerländer" })).ToBeVisibleAsync();

        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "Zum Zugang" }).ClickAsync();
        await Expect(admin.Page.Locator("#invitations").Locator("xpath=ancestor-or-self::section").GetByText("versandt")).ToBeVisibleAsync();
        await admin.ShootAsync("mail-invitation-list");
    }

    private static async Task DecideAsync(Visit admin, TrialServer server)
    {
        server.Answer = line => line == "." ? TrialServer.Cut : null;
        await admin.Page.GetByRole(AriaRole.Radio, new() { NameRegex = new("^per E-Mail") }).CheckAsync();
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Einladung ausstellen" }).ClickAsync();
        await Expect(admin.Page.GetByText("Die Einladung geht an wilhelmine@bliesland.example")).ToBeVisibleAsync();
        await LinkAsync(server, 3);
        server.Answer = _ => null;
        await admin.Page.GotoAsync("/office/mail?state=Unknown");
        await admin.ReloadUntilAsync(admin.Page.GetByRole(AriaRole.Rowheader));
        await admin.Page.GotoAsync("/office");
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "1 E-Mail: angekommen oder nicht?", Exact = true }).ClickAsync();
        await admin.Page.GetByRole(AriaRole.Rowheader).GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(admin.Page.GetByText("Ob sie angekommen ist, weiß das Programm nicht.")).ToBeVisibleAsync();
        await admin.ShouldBeAccessibleAsync();
        await admin.ShootAsync("mail-unknown");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Erneut senden" }).ClickAsync();
        await LinkAsync(server, 4);
        await admin.ReloadUntilAsync(admin.Page.Locator(".state", new() { HasText = "versandt" }));
        await admin.ShootAsync("mail-sent");

        await admin.Page.GotoAsync("/office/mail");
        await Expect(admin.Page.GetByRole(AriaRole.Rowheader, new() { NameRegex = new("Wilhelmine") })).ToHaveCountAsync(2);
        await admin.ShouldBeAccessibleAsync();
        await admin.ShootAsync("mail-outgoing");
        var file = await admin.Page.APIRequest.GetAsync("/office/mail/list.xlsx?state=Sent");
        (await file.BodyAsync())[..2].ShouldBe("PK"u8.ToArray());
    }

    // The link in the mail that the server got as the n-th.
    private static async Task<string> LinkAsync(TrialServer server, int mails)
    {
        await UntilAsync(() => Task.FromResult(server.Mails.Count >= mails));
        var text = server.Mails[mails - 1].Data.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
        return Link().Match(text).Value;
    }

    private static Task UntilAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        Waiting.UntilAsync(condition, 60, what);

    [GeneratedRegex(@"http://localhost:\d+/invitation\?code=[0-9A-Z-]+")]
    private static partial Regex Link();
}
