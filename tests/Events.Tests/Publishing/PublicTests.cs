using System.Globalization;
using Association.Events.Planning.Model;
using Association.Events.Planning.Programme;
using Association.Events.Planning.Record;
using Association.Events.Publishing;
using Association.Events.Tests.Planning;
using Association.Platform.Data.Users;
using Shouldly;
using Xunit;
using static Association.Events.Tests.Planning.PlanningOffice;

namespace Association.Events.Tests.Publishing;

/// <summary>What somebody sees who is nobody here.</summary>
public sealed class PublicTests(PlanningOffice office) : IClassFixture<PlanningOffice>
{
    [Fact]
    public async Task drafts_and_what_only_the_invited_know_of_are_not_found()
    {
        var draft = await office.PlannedAsync("Geheimer Entwurf");
        var invited = await office.PublishedAsync("Parlamentarischer Abend");
        await office.DoAsync(Times(invited) with { Visibility = Visibility.Invited });
        var members = await office.PublishedAsync("Mitgliederabend");
        await office.DoAsync(Times(members) with { Visibility = Visibility.Members });

        (await PageAsync(draft.Slug)).ShouldBeNull();
        (await PageAsync(invited.Slug)).ShouldBeNull();
        (await PageAsync("gibt-es-nicht")).ShouldBeNull();
        (await PageAsync(members.Slug))!.Visibility.ShouldBe(Visibility.Members);
        var slugs = (await CalendarAsync(new ListPublicEvents())).Select(e => e.Slug).ToList();
        slugs.ShouldContain(members.Slug);
        slugs.ShouldNotContain(draft.Slug);
        slugs.ShouldNotContain(invited.Slug);
        (await Nobody.QueryAsync(new ReadCalendar(null))).ShouldNotContain(p => p.Id == invited.Id || p.Id == draft.Id);
    }

    [Fact]
    public async Task the_link_the_checklist_and_names_without_consent_stay_in_the_office()
    {
        var plan = await office.PublishedAsync("Mit Namen");
        var (yes, no) = (
            new EventPerson(Guid.CreateVersion7(), "Prof. Léa Altmeyer", Words.None, true),
            new EventPerson(Guid.CreateVersion7(), "Björn Öztürk", Words.None, false)
        );
        await office.DoAsync(new SavePerson(plan.Number, null, yes));
        await office.DoAsync(new SavePerson(plan.Number, null, no));
        await office.DoAsync(new SaveSession(plan.Number, null, Talk(plan, "Vortrag", 10, null, yes.Id, no.Id)));
        await office.DoAsync(Times(await office.ReadAsync(plan.Number)) with { Online = true, OnlineLink = "https://konferenz.example/geheim" });

        var seen = (await PageAsync(plan.Slug))!;

        seen.OnlineLink.ShouldBe("");
        seen.People.ShouldHaveSingleItem().Name.ShouldBe("Prof. Léa Altmeyer");
        seen.Sessions.ShouldHaveSingleItem().Speakers.ShouldBe([yes.Id]);
        StructuredData.Of(seen, "de", "https://x.example/e", "Verein").ShouldNotContain("geheim");
    }

    [Fact]
    public async Task the_calendar_shows_what_comes_first_to_last_and_what_is_over_last_to_first()
    {
        var kind = EventKind.ExpertTalk;
        var (first, second) = (await office.PublishedAsync("Erstes", At(7, 1, 9), kind), await office.PublishedAsync("Zweites", At(8, 1, 9), kind));
        (await CalendarAsync(new ListPublicEvents(kind))).Select(e => e.Title).ShouldBe(["Erstes", "Zweites"]);
        var page = await Nobody.QueryAsync(new ListPublicEvents(kind, Size: 1));
        (await CalendarAsync(new ListPublicEvents(kind, After: page.After, Size: 1))).ShouldHaveSingleItem().Slug.ShouldBe(second.Slug);

        await office.DoAsync(new CancelEvent(second.Number, new Words("Krank")));
        var cancelled = (await CalendarAsync(new ListPublicEvents(kind))).Single(e => e.Slug == second.Slug);
        (cancelled.Stage, cancelled.Summary).ShouldBe((nameof(EventStage.Cancelled), "Ein Tag für alle."));
        (await CalendarAsync(new ListPublicEvents(kind, Past: true))).ShouldBeEmpty();
        first.IsOver(At(7, 1, 17).ToInstant()).ShouldBeTrue();
    }

    [Fact]
    public async Task what_is_missing_in_a_language_is_german_and_says_so()
    {
        var plan = await office.PublishedAsync("Nur Deutsch");
        plan.Title.In("fr").ShouldBe("Nur Deutsch");
        (plan.Title.IsIn("fr"), plan.Title.LanguageOf("fr"), plan.Summary.IsIn("fr"), plan.Summary.In("fr")).ShouldBe(
            (false, "de", true, "Une journée pour tous.")
        );
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
            var row = (await CalendarAsync(new ListPublicEvents())).Single(e => e.Slug == plan.Slug);
            (row.Title, row.TitleLanguage, row.Summary, row.SummaryLanguage).ShouldBe(("Nur Deutsch", "de", "Une journée pour tous.", "fr"));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private Platform.Messaging.IMessageBus Nobody => office.Office.As(Actor.Anonymous).Bus;

    private Task<EventPlan?> PageAsync(string slug) => Nobody.QueryAsync(new ReadPublicEvent(slug));

    private async Task<IReadOnlyList<PublicEvent>> CalendarAsync(ListPublicEvents query) => (await Nobody.QueryAsync(query)).Rows;
}
