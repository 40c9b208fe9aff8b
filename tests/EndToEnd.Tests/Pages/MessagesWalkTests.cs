using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Association.Billing.Contracts;
using Association.Membership.Contracts;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Messaging.Operation;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>Something fails in the background: the administrator sees it on <em>Heute</em>, mends the cause, and decides.</summary>
[Collection(OfficeCollection.Name)]
public sealed class MessagesWalkTests(OfficeHost office, Chromium chromium) : IAsyncLifetime
{
    private const string Work = "Beiträge nach einem Storno freigeben";

    [SkippableFact]
    public async Task a_task_that_failed_is_seen_today_tried_again_and_another_is_discarded_with_a_reason()
    {
        await FailAsync("disk full", 2);
        await using var visit = await Visit.BeginAsync(chromium, office);
        var page = visit.Page;
        await visit.SignInAsync("admin");
        await visit.ShootAsync("messages-1-today");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex($"^2 × gescheitert: {Work}") }).ClickAsync();
        await visit.ShootAsync("messages-2-dead");

        await page.GetByRole(AriaRole.Link, new() { Name = Work }).First.ClickAsync();
        await Expect(page.Locator("#error").Locator("xpath=ancestor::section")).ToContainTextAsync("disk full");
        await visit.ShouldBeAccessibleAsync();
        await visit.ShootAsync("messages-3-letter");
        await MendAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Erneut versuchen" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("wird noch einmal versucht");
        await UntilHandledAsync();

        await page.GotoAsync("/office/messages/dead?q=DISK");
        await page.GetByLabel($"Auswählen: {Work}").CheckAsync();
        await visit.ShootAsync("messages-4-selected");
        await page.GetByRole(AriaRole.Button, new() { Name = "Verwerfen …" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "1 Nachricht verwerfen" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Die Begründung fehlt");
        await visit.ShouldBeAccessibleAsync();
        await visit.ShootAsync("messages-5-discard");
        await page.GetByLabel("Begründung").FillAsync("Der Storno wurde selbst zurückgenommen.");
        await page.GetByRole(AriaRole.Button, new() { Name = "1 Nachricht verwerfen" }).ClickAsync();
        await page.GetByRole(AriaRole.Status).GetByRole(AriaRole.Link, new() { Name = "Ansehen" }).ClickAsync();
        await Expect(page.GetByText("Der Storno wurde selbst zurückgenommen.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = Work }).ClickAsync();
        await Expect(page.GetByText("Verworfen von Rüdiger Lambert")).ToBeVisibleAsync();
        await visit.ShootAsync("messages-6-discarded");
        visit.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task all_that_match_are_tried_again_at_once_and_a_queue_is_paused_and_resumed()
    {
        await FailAsync("disk broken", 3);
        await using var visit = await Visit.BeginAsync(chromium, office, scripts: false); // works without script just as well
        var page = visit.Page;
        await visit.SignInAsync("admin");
        await page.GotoAsync("/office/messages");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Anhalten: {Work}" }).ClickAsync();
        await Expect(page.GetByText("von Rüdiger Lambert")).ToBeVisibleAsync();
        await visit.ShootAsync("messages-7-queues");

        await MendAsync();
        await page.GotoAsync("/office/messages/dead");
        await page.GetByText("Alle 3 Treffer").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Alle erneut versuchen" }).ClickAsync();
        await visit.ShootAsync("messages-8-replay");
        await page.GetByRole(AriaRole.Button, new() { Name = "3 Nachrichten erneut versuchen" }).ClickAsync();
        await Expect(page.GetByText("Nichts ist gescheitert")).ToBeVisibleAsync();
        (await CountAsync("messaging.message")).ShouldBe(3, "the queue is paused");
        await page.GotoAsync("/office/messages");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Fortsetzen: {Work}" }).ClickAsync();
        await UntilHandledAsync();
        visit.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task a_message_for_later_is_delivered_now()
    {
        await using var scope = Scope();
        await scope
            .ServiceProvider.GetRequiredService<IMessageBus>()
            .ScheduleAsync(new ChargesVoided([]), office.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(3));
        await using var visit = await Visit.BeginAsync(chromium, office);
        await visit.SignInAsync("admin");
        await visit.Page.GotoAsync("/office/messages/scheduled");
        await visit.ShouldBeAccessibleAsync();
        await visit.ShootAsync("messages-9-scheduled");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = $"Jetzt zustellen: {Work}" }).ClickAsync();
        await Expect(visit.Page.GetByText("Nichts ist geplant")).ToBeVisibleAsync();
        await UntilHandledAsync();
    }

    [SkippableTheory]
    [InlineData(ColorScheme.Light), InlineData(ColorScheme.Dark)]
    public async Task full_pages_are_accessible_in_both_themes_and_fit_a_phone(ColorScheme theme)
    {
        await FailAsync("could not extend file \"base/16384/24591_fsm\": No space left on device", 2);
        await using var scope = Scope();
        await scope
            .ServiceProvider.GetRequiredService<IMessageBus>()
            .ScheduleAsync(new ChargesVoided([]), office.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(3));
        await scope.ServiceProvider.GetRequiredService<IMessageBus>().InvokeAsync(new PauseQueue("billing.charges-voided/charges-voided"));
        var letter = (await scope.ServiceProvider.GetRequiredService<IMessageBus>().QueryAsync(new ListDeadLetters()))[0];
        var address = $"/office/messages/dead/{letter.Id}?queue={Uri.EscapeDataString(letter.Queue)}";
        await using var visit = await Visit.BeginAsync(chromium, office, theme: theme);
        await visit.SignInAsync("admin");
        foreach (
            var (name, path) in new[]
            {
                ("queues", "/office/messages"),
                ("dead", "/office/messages/dead"),
                ("letter", address),
                ("replay", "/office/messages/dead/replay"),
                ("discard", "/office/messages/dead/discard"),
                ("scheduled", "/office/messages/scheduled"),
            }
        )
        {
            await visit.Page.SetViewportSizeAsync(1280, 900);
            await visit.Page.GotoAsync(path);
            await visit.ShouldBeAccessibleAsync();
            await visit.ShootAsync($"messages-{name}-{theme}".ToLowerInvariant());
            await visit.Page.SetViewportSizeAsync(320, 640);
            await visit.ShouldFitAsync();
            await visit.Page.SetViewportSizeAsync(380, 800);
            if (theme == ColorScheme.Light)
                await visit.ShootAsync($"messages-{name}-phone");
        }
    }

    [Fact]
    public async Task every_task_has_plain_words()
    {
        await using var scope = Scope();
        var queues = await scope.ServiceProvider.GetRequiredService<IMessageBus>().QueryAsync(new ListQueues());
        queues.Where(q => q.Work == q.Queue).Select(q => q.Queue).ShouldBeEmpty("handlers without [PlainWords]");
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await MendAsync();
        await using var connection = await office.ConnectAsync();
        await connection.ExecuteAsync(
            """
            delete from messaging.wolverine_dead_letters; delete from messaging.trail where discarded_by is not null; delete from messaging.paused_queue;
            delete from messaging.wolverine_incoming_envelopes where execution_time > now() + interval '1 day'
            """
        );
    }

    /// <summary>The books of the members cannot be written for a while: what depends on it fails for good.</summary>
    private async Task FailAsync(string why, int messages)
    {
        await using var connection = await office.ConnectAsync();
        await connection.ExecuteAsync(
            $$"""
            create function membership.broken() returns trigger language plpgsql as $f$ begin raise exception '{{why}}'; end $f$;
            create trigger broken before update on membership.charge for each statement execute function membership.broken();
            """
        );
        await using var scope = Scope();
        for (var i = 0; i < messages; i++)
            await scope.ServiceProvider.GetRequiredService<IMessageBus>().SendAsync(new ChargesVoided([ChargeId.New()]));
        // Its scheduled retries last an hour; nobody waits for them.
        await UntilAsync(async () =>
        {
            await connection.ExecuteAsync(
                "update messaging.wolverine_incoming_envelopes set execution_time = clock_timestamp() where status = 'Scheduled' and attempts > 0 and execution_time > clock_timestamp() + interval '10 seconds'"
            );
            return await CountAsync("messaging.dead_letter where discarded_at is null") == messages;
        });
    }

    private async Task MendAsync()
    {
        await using var connection = await office.ConnectAsync();
        await connection.ExecuteAsync("drop trigger if exists broken on membership.charge; drop function if exists membership.broken()");
    }

    private Task UntilHandledAsync() => UntilAsync(async () => await CountAsync("messaging.message") == 0);

    private async Task<long> CountAsync(string from)
    {
        await using var connection = await office.ConnectAsync();
        return await connection.ExecuteScalarAsync<long>($"select count(*) from {from}");
    }

    private AsyncServiceScope Scope()
    {
        var scope = office.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Actor = Actor.System;
        return scope;
    }

    private static Task UntilAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        Waiting.UntilAsync(condition, 90, what);
}
