using System.Globalization;
using Association.Office.Operation.Jobs;
using Association.Office.Operation.Jobs.Runs;
using Association.Office.People.Deputies;
using Association.Office.Tests.People;
using Association.Office.Today;
using Association.Office.Today.Digests;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web;
using Association.Platform.Web.Localisation;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Shouldly;
using Xunit;

namespace Association.Office.Tests.Today;

/// <summary><em>Heute</em> by mail: on the days that a person chose, when something is due for her, and once.</summary>
public sealed class DigestTests : IAsyncLifetime
{
    private const string Job = "today.digests";
    private static readonly DateOnly Monday = new(2026, 11, 23);
    private readonly DueThings _due = new();
    private PeopleOffice _office = null!;

    // Not below: what an asynchronous method sets ends with it.
    public DigestTests() => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de-DE");

    public async Task InitializeAsync()
    {
        _office = await PeopleOffice.OpenAsync(configure: services =>
        {
            foreach (var other in services.Where(s => s.ServiceType == typeof(ITodayTask)).ToList())
                services.Remove(other);
            services.AddSingleton<ITodayTask>(_due);
            services.AddSingleton(new PublicAddress(new ConfigurationManager { ["Office:Address"] = "https://buero.bliesland.example/" }));
        });
        _office.Office.Clock.SetToday(Monday);
        await _office.ExecuteAsync("update identity.person set email = user_name || '@bliesland.example'");
        await using var connection = await _office.Office.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var mail = new MailRules
        {
            Server = "127.0.0.1",
            Port = 1,
            SenderAddress = "buero@bliesland.example",
        };
        await _office
            .Office.Services.GetRequiredService<IOfficeRules>()
            .SaveAsync(connection, OfficeRules.Default with { Mail = mail }, CancellationToken.None);
        await transaction.CommitAsync();
    }

    public async Task DisposeAsync() => await _office.DisposeAsync();

    [Fact]
    public async Task a_person_is_mailed_on_the_days_she_chose_and_on_no_other()
    {
        await _office.InvokeAsync("office", new ChooseDigestDays([DayOfWeek.Tuesday, DayOfWeek.Thursday]));

        _office
            .Office.Services.GetRequiredService<IStringLocalizerFactory>()
            .Say((await RunAsync()).Findings.Single().Detail)
            .ShouldBe("1 Person wünscht es an diesem Tag.", "the board has its Monday");
        (await MailedAsync()).ShouldBe("board@bliesland.example");
        _office.Office.Clock.SetToday(Monday.AddDays(1));
        await RunAsync();

        (await MailedAsync()).ShouldBe("board@bliesland.example, office@bliesland.example");
        (await _office.ReadAsync<string>("select purpose from mail.outgoing_mail where recipient_address like 'office@%'")).ShouldBe(
            $"digest:{PeopleOffice.IdOf("office")}.2026-11-24"
        );
    }

    [Fact]
    public async Task the_board_is_told_on_mondays_until_it_chooses_otherwise()
    {
        var own = await AskAsync("board");
        own.IsChosen.ShouldBeFalse();
        own.Days.ShouldBe([DayOfWeek.Monday]);
        (await AskAsync("office")).Days.ShouldBeEmpty();

        await _office.InvokeAsync("board", new ChooseDigestDays([]));
        await RunAsync();

        (await MailedAsync()).ShouldBe("");
        (await AskAsync("board")).IsChosen.ShouldBeTrue();
    }

    [Fact]
    public async Task however_often_and_from_however_many_hosts_it_is_asked_for_a_person_has_one_mail_a_day()
    {
        await _office.InvokeAsync("office", new ChooseDigestDays([DayOfWeek.Monday]));
        var asked = Enumerable.Range(0, 8).Select(_ => _office.Office.As(Actor.System).InvokeAndWaitAsync(new MailDigest(PeopleOffice.IdOf("office"), Monday)));
        await Task.WhenAll(asked);
        await RunAsync();
        await RunAsync();

        (await MailedAsync()).ShouldBe("board@bliesland.example, office@bliesland.example");
    }

    [Fact]
    public async Task nothing_due_is_no_mail_and_leaves_the_way_free_for_what_comes_later_that_day()
    {
        _due.Rows = [Row("Später", Urgency.Sometime), Row("Termin", Urgency.Soon, Monday.AddDays(20))];
        await RunAsync();
        (await MailedAsync()).ShouldBe("");

        _due.Rows = [Row("Freigabe", Urgency.Now)];
        await RunAsync();
        (await MailedAsync()).ShouldBe("board@bliesland.example");
    }

    [Fact]
    public async Task what_is_put_off_or_taken_by_a_colleague_is_not_due()
    {
        await _office.InvokeAsync("office", new ChooseDigestDays([DayOfWeek.Monday]));
        _due.Rows = [Row("Eins", Urgency.Now), Row("Zwei", Urgency.Now)];
        await _office.InvokeAsync("office", new PutOffTask("/office#Eins", Monday.AddDays(3), "wartet"));
        await _office.InvokeAsync("office", new AssignTask("/office#Zwei", PeopleOffice.IdOf("office2")));
        (await AskAsync("office")).Now.ShouldBeNull();
        (await AskAsync("office2")).Now.ShouldNotBeNull().Text.ShouldContain("1 davon haben Sie übernommen.");

        await RunAsync();

        (await MailedAsync()).ShouldBe("", "nobody of those who want a mail has anything to do");
    }

    [Fact]
    public async Task a_mail_says_kinds_and_numbers_and_never_what_the_rows_name()
    {
        _due.Rows =
        [
            Row("Neumitglied Erika Mustermann berechnen", Urgency.Soon),
            Row("Storno über 4.711,00 €", Urgency.Now),
            Row("Mahnung", Urgency.Now, Monday.AddDays(-3)) with
            {
                Group = "Zahlungen",
            },
            Row("Irgendwann", Urgency.Sometime),
        ];
        await _office.InvokeAsync("office", new ChooseDigestDays([DayOfWeek.Monday, DayOfWeek.Friday]));
        var mail = (await AskAsync("office")).Now.ShouldNotBeNull();
        mail.Subject.ShouldBe("Heute: 3 Aufgaben (2 drängen)");
        mail.Text.ShouldBe(
            """
            Guten Tag Anna Dörr,

            für Sie stehen 3 Aufgaben an.

            Überfällig
            * Zahlungen: 1 Aufgabe

            Heute
            * Beiträge: 1 Aufgabe

            Diese Woche
            * Beiträge: 1 Aufgabe

            1 weitere Aufgabe hat Zeit.

            „Heute“ öffnen: https://buero.bliesland.example/office

            Namen und Beträge stehen nicht in dieser E-Mail; Sie sehen sie nach der Anmeldung.

            Diese E-Mail kommt am Montag und Freitag, wenn etwas ansteht.
            Andere Tage wählen: https://buero.bliesland.example/office/digest

            Gesundheitsregion Bliesland e. V.
            """,
            StringCompareShould.IgnoreLineEndings
        );
    }

    [Fact]
    public async Task each_is_asked_as_the_person_she_is_in_her_language_deputies_included()
    {
        _due.OnlyFor = SigningModule.Approve;
        await _office.InvokeAsync("office", new ChooseDigestDays([DayOfWeek.Monday]));
        await _office.InvokeAsync("admin", new ChooseDigestDays([DayOfWeek.Monday]));
        await _office.ExecuteAsync("update identity.person set language = 'fr' where user_name = 'office'");

        await RunAsync();

        (await MailedAsync()).ShouldBe("board@bliesland.example, office@bliesland.example", "who administers approves nothing");
        (await _office.ReadAsync<string>("select subject from mail.outgoing_mail where recipient_address like 'office@%'")).ShouldStartWith("Aujourd’hui");
        _due.AskedBy.ShouldAllBe(actor => actor.Id != null && !actor.IsSystem);
    }

    [Fact]
    public async Task who_is_locked_or_has_no_address_gets_none_and_a_day_that_is_over_mails_nobody()
    {
        foreach (var login in new[] { "office", "office2", "admin" })
            await _office.InvokeAsync(login, new ChooseDigestDays([DayOfWeek.Monday]));
        await _office.ExecuteAsync(
            "update identity.person set lockout_end = 'infinity' where user_name = 'office'; update identity.person set email = '' where user_name = 'office2'"
        );
        await _office.Office.As(Actor.System).InvokeAndWaitAsync(new MailDigests(Guid.CreateVersion7(), Monday.AddDays(-3)));
        (await MailedAsync()).ShouldBe("", "made up for on another day");

        await RunAsync();
        (await MailedAsync()).ShouldBe("admin@bliesland.example, board@bliesland.example");
    }

    [Fact]
    public async Task weekends_are_refused_and_an_address_that_is_none_too()
    {
        (await _office.ProblemsAsync("office", new ChooseDigestDays([DayOfWeek.Sunday]))).Single().Field.ShouldBe("Days");
        Should
            .Throw<Platform.Web.CommandLine.RefusedException>(() => new PublicAddress(new ConfigurationManager { ["Office:Address"] = "buero.example" }))
            .Message.ShouldContain("Office__Address is 'buero.example'");
        new PublicAddress(new ConfigurationManager { ["AllowedHosts"] = "*.example;buero.example" }).Site.ShouldBe("https://buero.example");
        new PublicAddress(new ConfigurationManager { ["SignIn:Domain"] = "verein.example" }).Site.ShouldBe("https://verein.example");
        new PublicAddress(new ConfigurationManager()).Site.ShouldBeNull();
    }

    private async Task<OwnDigest> AskAsync(string who) => await _office.Office.As(who).Bus.QueryAsync(new GetOwnDigest());

    private async Task<JobRunView> RunAsync()
    {
        var admin = _office.Office.As("admin");
        var started = await admin.Bus.InvokeAsync<JobRunStarted>(new RunJobNow(Job));
        await admin.DrainAsync();
        var run = (await admin.Bus.QueryAsync(new ReadJob(Job)))!.Runs.First(r => r.Id == started.Id);
        run.Outcome.ShouldNotBe(JobRunOutcome.Failed, run.Error + " " + run.DeadLetter?.Queue);
        return run;
    }

    private Task<string> MailedAsync() =>
        _office.ReadAsync<string>("select coalesce(string_agg(recipient_address, ', ' order by recipient_address), '') from mail.outgoing_mail");

    private static TodayRow Row(string text, Urgency urgency, DateOnly? due = null) =>
        new("Beiträge", text, text, $"/office#{text.Split(' ')[0]}", "Ansehen", urgency, due);

    private sealed class DueThings : ITodayTask
    {
        public IReadOnlyList<TodayRow> Rows { get; set; } = [Row("Freigabe", Urgency.Now)];

        public string? OnlyFor { get; set; }

        public List<Actor> AskedBy { get; } = [];

        public Task<IReadOnlyList<TodayRow>> FindAsync(Actor actor, CancellationToken ct)
        {
            lock (AskedBy)
                AskedBy.Add(actor);
            return Task.FromResult(OnlyFor is null || actor.May(OnlyFor) ? Rows : []);
        }
    }
}
