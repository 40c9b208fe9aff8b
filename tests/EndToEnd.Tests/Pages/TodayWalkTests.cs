using System.Text.RegularExpressions;
using Association.Office.Contracts;
using Association.Office.Today;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>Two people share the morning's work.</summary>
[Collection(OfficeCollection.Name)]
public sealed class TodayWalkTests(OfficeHost office, Chromium chromium)
{
    private const string Task = "/office/dues?year=2027&for=prepare#start";

    [SkippableFact]
    public async Task a_task_is_taken_put_off_with_a_reason_and_taken_up_again()
    {
        await using (var database = await office.ConnectAsync())
            await database.ExecuteAsync(
                "update membership.contact_function set valid_to = '2026-12-10' where id = (select max(f.id::text)::uuid from membership.contact_function f where f.valid_to is null)"
            );
        await using var anna = await Visit.BeginAsync(chromium, office, scripts: false);
        await anna.SignInAsync("office");
        await Expect(anna.Page.Locator(".figure").First).ToBeVisibleAsync();
        await Expect(anna.Page.Locator(".dates li")).ToContainTextAsync("1 Funktion endet");
        await anna.ShootAsync("heute");
        await anna.Page.WaitForLoadStateAsync();
        var open = await Open(anna.Page).CountAsync();
        await Expect(Beside(anna.Page)).ToHaveTextAsync($"offen: {open}");
        var address = await anna.Page.Locator(".task h3 a:not([href*='/office/account'])").First.GetAttributeAsync("href"); // whatever the other walks left to do

        await TaskAt(anna.Page, address).GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Zuweisen oder zurückstellen") }).ClickAsync();
        await Expect(Beside(anna.Page)).ToHaveTextAsync($"offen: {open}"); // as Heute listed them
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Ich übernehme sie" }).ClickAsync();
        await Expect(anna.Page.GetByText("Anna Dörr übernimmt die Aufgabe.")).ToBeVisibleAsync();
        await Expect(TaskAt(anna.Page, address).Locator(".badge")).ToHaveTextAsync("Anna Dörr");
        await anna.Page.Locator(".views").GetByText("Meine").ClickAsync();
        await Expect(anna.Page.Locator(".task")).ToHaveCountAsync(1);

        await using (var jonas = await Visit.BeginAsync(chromium, office))
        {
            await jonas.SignInAsync("office2");
            await Expect(TaskAt(jonas.Page, address).Locator(".badge")).ToHaveTextAsync("Anna Dörr");
        }

        await anna.Page.GotoAsync(OfficePages.Task(address!));
        await anna.Page.GetByLabel("Bis").FillAsync("23.11.2026");
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Zurückstellen" }).ClickAsync();
        await Expect(anna.Page.GetByText("Der Tag muss in der Zukunft liegen").First).ToBeVisibleAsync();
        await Expect(anna.Page.GetByText("Der Grund fehlt").First).ToBeVisibleAsync();
        await anna.ShootAsync("aufgabe-fehler");
        await anna.Page.GetByLabel("Bis").FillAsync("24.11.2026");
        await anna.Page.GetByLabel("Grund").FillAsync("Vorstand tagt am 23.11.");
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Zurückstellen" }).ClickAsync();

        await Expect(anna.Page.GetByText("Zurückgestellt bis 24.11.2026.")).ToBeVisibleAsync();
        await Expect(Open(anna.Page)).ToHaveCountAsync(open - 1);
        await Expect(Beside(anna.Page)).ToHaveTextAsync($"offen: {open - 1}");
        await Expect(anna.Page.Locator("section[aria-labelledby=group-PutOff]")).ToContainTextAsync("Anna Dörr: „Vorstand tagt am 23.11.“");
        await anna.ShootAsync("heute-zurueckgestellt");

        await anna.Page.GotoAsync(OfficePages.Task(address!));
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Wieder aufnehmen" }).ClickAsync();
        await Expect(Open(anna.Page)).ToHaveCountAsync(open);
        await anna.Page.GotoAsync(OfficePages.Task(address!));
        await anna.Page.GetByLabel("Person").SelectOptionAsync(new SelectOptionValue { Label = "Niemand Bestimmtes" });
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Zuweisen", Exact = true }).ClickAsync();
        await Expect(TaskAt(anna.Page, address).Locator(".badge")).ToHaveCountAsync(0);
        anna.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task the_page_fits_a_phone_in_the_dark()
    {
        await using var visit = await Visit.BeginAsync(chromium, office, width: 320, height: 800, theme: ColorScheme.Dark);
        await visit.SignInAsync("office");
        await visit.ShouldFitAsync();
        await visit.ShouldBeAccessibleAsync();
        await visit.ShootAsync("heute-phone-dark");
    }

    [Fact]
    public async Task what_is_no_task_or_no_person_is_refused_with_a_sentence()
    {
        await RefusedAsync(new AssignTask("/office/no-such-task", null), "Diese Aufgabe gibt es nicht mehr.");
        await RefusedAsync(new AssignTask(Task, Guid.CreateVersion7()), "Diese Person gibt es nicht mehr.");
        await RefusedAsync(new PutOffTask(Task, OfficeHost.Today.AddDays(91), "später"), "höchstens 90 Tage");
        await RefusedAsync(new PutOffTask(Task, OfficeHost.Today.AddDays(5), new string('x', 301)), "301 Zeichen");
        await RefusedAsync(new PutOffTask(Task, OfficeHost.Today.AddDays(5), "   "), "Der Grund fehlt");
    }

    private async Task RefusedAsync(object command, string reason)
    {
        await using var scope = office.Services.CreateAsyncScope();
        var anna = DemoPeople.All[0];
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Actor = new Actor(
            anna.Id,
            anna.Name,
            scope.ServiceProvider.GetRequiredService<PermissionCatalog>().HeldBy(anna.Role)
        );
        var refused = await Should.ThrowAsync<ProblemsException>(
            scope.ServiceProvider.GetRequiredService<IMessageBus>().InvokeAsync(command, CancellationToken.None)
        );
        refused.Problems.ShouldContain(p => p.Text.Contains(reason, StringComparison.Ordinal));
    }

    private static ILocator TaskAt(IPage page, string? address) => page.Locator(".task", new() { Has = page.Locator($"h3 a[href='{address}']") });

    // The number beside "Heute", on whatever page.
    private static ILocator Beside(IPage page) => page.Locator(".rail .count-accent");

    private static ILocator Open(IPage page) => page.Locator("section:not([aria-labelledby=group-PutOff]) > .tasks > .task");
}
