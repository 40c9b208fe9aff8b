using System.Text;
using Association.Events.Attending;
using Association.Events.Attending.Door;
using Association.Events.Attending.Model;
using Association.Events.Planning.Model;
using Association.Events.Planning.Programme;
using Association.Events.Registering.Own;
using Association.Events.Tests.Planning;
using Association.Events.Tests.Registering.Form;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Shouldly;
using Xunit;

namespace Association.Events.Tests.Attending;

/// <summary>The door: tickets, people without network, and everything that goes wrong there.</summary>
public sealed class DoorTests(RegisteringOffice office) : IClassFixture<RegisteringOffice>, IAsyncLifetime
{
    private PlanningOffice Planning => office.Planning;

    public Task InitializeAsync()
    {
        Planning.Office.Clock.SetToday(new DateOnly(2027, 6, 1));
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => InitializeAsync();

    [Fact]
    public async Task a_ticket_is_noted_once_however_often_it_is_scanned_and_by_however_many_doors()
    {
        var (plan, code) = await SeatedAsync("Forum Tür", "nora@tuer.example");
        OnTheDay();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => DoAsync(new CheckIn(plan.Number, Guid.CreateVersion7(), code.ToLowerInvariant().Insert(3, " "))))
        );
        answers.Count(a => a.Result == DoorResult.Noted).ShouldBe(1);
        answers.Count(a => a is { Result: DoorResult.AlreadyThere, Since: not null }).ShouldBe(5);
        var same = Guid.CreateVersion7();
        (await DoAsync(new CheckIn(plan.Number, same, code, Kind: CheckInKind.Left))).Result.ShouldBe(DoorResult.Noted);
        (await DoAsync(new CheckIn(plan.Number, same, code, Kind: CheckInKind.Left))).Result.ShouldBe(DoorResult.Noted);
        (await office.ReadAsync<long>("select count(*) from events.check_in where event_id = @id", new { id = plan.Id })).ShouldBe(
            7,
            "six comings and a going"
        );
        (await AttendanceAsync(plan)).Came.ShouldBe(1);

        var person = (await AttendanceAsync(plan)).People.Single();
        await Planning.DoAsync(new UndoCheckIn(plan.Number, person.Id));
        await Planning.DoAsync(new UndoCheckIn(plan.Number, person.Id));
        (await AttendanceAsync(plan)).Came.ShouldBe(0);
        (await office.ReadAsync<long>("select count(*) from events.check_in where event_id = @id", new { id = plan.Id })).ShouldBe(7, "what was scanned stays");
        (await DoAsync(new CheckIn(plan.Number, Guid.CreateVersion7(), "", Registration: person.Id))).Result.ShouldBe(DoorResult.Noted, "found by name");
    }

    [Fact]
    public async Task who_has_no_seat_is_not_let_in_and_is_told_why()
    {
        var (plan, code) = await SeatedAsync("Forum Voll", "nora@voll2.example", seats: 1);
        var (_, elsewhere) = await SeatedAsync("Forum Nebenan", "eva@nebenan.example");
        var ali = await office.SendAsync(RegisteringOffice.Form(plan, "Ali Kaya", "ali@voll2.example"));
        OnTheDay();
        (await ResultAsync(plan, elsewhere)).ShouldBe(DoorResult.OtherEvent);
        foreach (var garbage in new[] { "", "????", "ABCDEFGHJK", new string('A', 5000), "0123456789' or '1'='1" })
            (await ResultAsync(plan, garbage)).ShouldBe(DoorResult.Unknown);
        var waiting = (await Planning.Office.As("office").Bus.QueryAsync(new Events.Registering.ListRegistrations(plan.EventId))).Page.Rows.Single(r =>
            r.Name == "Ali Kaya"
        );
        (await DoAsync(new CheckIn(plan.Number, Guid.CreateVersion7(), "", Registration: waiting.Id))).Result.ShouldBe(DoorResult.NoSeat);
        (await ResultAsync(plan, waiting.Id.Value.ToString())).ShouldBe(DoorResult.Unknown, "the number of a registration is no ticket");
        await office.CancelAsync((await LinkAsync("nora@voll2.example")));
        (await ResultAsync(plan, code)).ShouldBe(DoorResult.Cancelled);
        (await office.OwnAsync(ali.Link))!.Code.ShouldNotBeNull("who moved up has a ticket");
    }

    [Fact]
    public async Task a_ticket_that_was_handed_over_is_the_colleagues_alone()
    {
        var (plan, code) = await SeatedAsync("Forum Übergabe", "nora@ueber.example");
        await Planning.Office.As(Actor.Anonymous).Bus.InvokeAsync(new HandOverOwnSeat(await LinkAsync("nora@ueber.example"), "Eva Lang", "eva@ueber.example"));
        var own = (await office.OwnAsync(await LinkAsync("eva@ueber.example"))).ShouldNotBeNull();
        OnTheDay();
        (await ResultAsync(plan, code)).ShouldBe(DoorResult.Unknown);
        (await ResultAsync(plan, own.Code!)).ShouldBe(DoorResult.Noted);
    }

    [Fact]
    public async Task before_the_day_and_after_it_nobody_is_noted_and_a_wrong_clock_is_refused()
    {
        var (plan, code) = await SeatedAsync("Forum Zeit", "nora@zeit.example");
        (await RefusedAsync(new CheckIn(plan.Number, Guid.CreateVersion7(), code))).ShouldBe([""]);
        OnTheDay();
        foreach (var at in new[] { "2027-09-16T18:00:00Z", "2027-09-15T10:00:00Z", "1970-01-01T00:00:00Z" })
            (await RefusedAsync(new CheckIn(plan.Number, Guid.CreateVersion7(), code, At: DateTimeOffset.Parse(at, null)))).ShouldBe(["At"]);
        (await RefusedAsync(new CheckIn(plan.Number, Guid.CreateVersion7(), code, Session: Guid.CreateVersion7()))).ShouldBe(["Session"]);
        Planning.Office.Clock.SetToday(new DateOnly(2027, 9, 30));
        (await RefusedAsync(new CheckIn(plan.Number, Guid.CreateVersion7(), code))).ShouldBe([""]);
    }

    [Fact]
    public async Task what_a_phone_noted_without_network_counts_once_with_its_own_times_and_each_faulty_line_is_named()
    {
        var (plan, code) = await SeatedAsync("Forum Funkloch", "nora@funk.example");
        var part = PlanningOffice.Talk(plan, "Vortrag", 10);
        await Planning.DoAsync(new SaveSession(plan.Number, null, part));
        OnTheDay();
        string Line(string kind, string time, string? of = null, string? door = null) =>
            $"{Guid.CreateVersion7()};{of ?? code};{door};{kind};2027-09-16T{time}:00Z";
        var lines = string.Join(
            '\n',
            Line("left", "09:30", door: part.Id.ToString()),
            Line("arrived", "07:10"),
            Line("arrived", "08:15", door: part.Id.ToString()),
            "kein Scan",
            Line("arrived", "23:50"),
            Line("arrived", "07:20", "ZZZZZ-ZZZZZ")
        );
        var noted = await DoAsync<NotedScans>(new NoteScans(plan.Number, lines));
        noted.Scans.Count(s => s.Answer?.Result == DoorResult.Noted).ShouldBe(3);
        noted.Scans.Single(s => s.Line == "kein Scan").Problem.ShouldBe("nicht lesbar");
        noted.Scans.Single(s => s.Line.Contains("23:50")).Problem.ShouldContain("Uhr des Telefons");
        noted.Scans.Single(s => s.Line.Contains("ZZZZZ")).Answer!.Result.ShouldBe(DoorResult.Unknown);
        (await DoAsync<NotedScans>(new NoteScans(plan.Number, lines))).Scans.Count(s => s.Answer?.Result == DoorResult.Noted).ShouldBe(3, "sent twice");
        var person = (await AttendanceAsync(plan)).People.Single();
        person.CameAt.ShouldBe(new DateTimeOffset(2027, 9, 16, 7, 10, 0, TimeSpan.Zero));
        person.MinutesAt(part, await Planning.ReadAsync(plan.Number)).ShouldBe(45, "8:15 to 9:00, the end of the part, in Germany two hours later");
        (await RefusedAsync(new NoteScans(plan.Number, string.Join('\n', Enumerable.Repeat("x", 5001))))).ShouldBe(["Lines"]);
    }

    [Fact]
    public async Task a_going_that_a_phone_brings_late_ends_no_later_coming_and_nobody_is_at_two_parts_at_once()
    {
        var (plan, code) = await SeatedAsync("Forum Reihenfolge", "nora@reihe.example");
        var (one, beside, alone) = (
            PlanningOffice.Talk(plan, "Vortrag", 10),
            PlanningOffice.Talk(plan, "Daneben", 10),
            PlanningOffice.Talk(plan, "Schluss", 15)
        );
        foreach (var part in new[] { one, beside, alone })
            await Planning.DoAsync(new SaveSession(plan.Number, null, part));
        OnTheDay();
        DateTimeOffset At(int hour) => new(2027, 9, 16, hour - 2, 0, 0, TimeSpan.Zero);
        Task<DoorAnswer> Scan(CheckInKind kind, int hour) => DoAsync(new CheckIn(plan.Number, Guid.CreateVersion7(), code, null, kind, At(hour)));
        (await Scan(CheckInKind.Arrived, 9)).Result.ShouldBe(DoorResult.Noted);
        (await Scan(CheckInKind.Arrived, 11)).Result.ShouldBe(DoorResult.AlreadyThere);
        (await Scan(CheckInKind.Left, 10)).Result.ShouldBe(DoorResult.Noted);
        var (person, now) = ((await AttendanceAsync(plan)).People.Single(), await Planning.ReadAsync(plan.Number));
        person.MinutesAt(now).ShouldBe(5 * 60, "from 11 to the end of the last part at 16; before 10 there is no part");
        (person.MinutesAt(one, now), person.MinutesAt(beside, now), person.MinutesAt(alone, now)).ShouldBe((0, 0, 60));
    }

    [Fact]
    public async Task the_database_keeps_what_was_scanned_and_ticket_and_badges_are_printed()
    {
        var (plan, code) = await SeatedAsync("Forum Papier", "nora@papier.example");
        OnTheDay();
        await ResultAsync(plan, code);
        await Should.ThrowAsync<Npgsql.PostgresException>(office.ReadAsync<int>("delete from events.check_in returning 1"));
        await Should.ThrowAsync<Npgsql.PostgresException>(office.ReadAsync<int>("update events.check_in set at = now() returning 1"));
        var profile = new Platform.Data.Settings.AssociationProfile(
            1,
            "Verein e. V.",
            "Verein",
            "Weg 1",
            "66111",
            "Ort",
            "a@b.example",
            "1",
            "b.example",
            "",
            "",
            "",
            "",
            "",
            "",
            ""
        );
        var ticket = TicketFile.Of(plan, "Nora Groß", "", TicketCodes.Tidy(code), "fr", "https://verein.example", profile);
        Encoding.Latin1.GetString(ticket, 0, 5).ShouldBe("%PDF-");
        TicketFile.Of(plan, "Nora Groß", "", TicketCodes.Tidy(code), "fr", "https://verein.example", profile).ShouldBe(ticket);
        var people = Enumerable
            .Range(0, 11)
            .Select(i => new AttendingPerson(new(Guid.CreateVersion7()), $"Dr. {new string('W', 5 * i)} 李", "Klinik", [], null, []))
            .ToList();
        var badges = Badges.Of(plan, people, profile, "de", plan.ChangedAt);
        Encoding.Latin1.GetString(badges).ShouldContain("/Count 2", customMessage: "ten a sheet");
    }

    private void OnTheDay() => Planning.Office.Clock.SetToday(new DateOnly(2027, 9, 16));

    private async Task<(EventPlan Plan, string Code)> SeatedAsync(string title, string email, int? seats = 5)
    {
        var plan = await office.OpenAsync(title, new RegistrationTerms(Seats: seats, WaitingList: true));
        var sent = await office.SendAsync(RegisteringOffice.Form(plan, "Nora Groß", email));
        await office.MailsAsync(email);
        return (plan, (await office.OwnAsync(sent.Link))!.Code.ShouldNotBeNull());
    }

    private async Task<string> LinkAsync(string email) =>
        RegisteringOffice.KeyOf((await office.MailsAsync(email)).First(m => RegisteringOffice.KeyOf(m).Length > 0));

    private async Task<Attendance> AttendanceAsync(EventPlan plan) =>
        (await Planning.Office.As(Roles.Office).Bus.QueryAsync(new ReadAttendance(plan.Number))).ShouldNotBeNull();

    private async Task<DoorResult> ResultAsync(EventPlan plan, string code) => (await DoAsync(new CheckIn(plan.Number, Guid.CreateVersion7(), code))).Result;

    private Task<DoorAnswer> DoAsync(CheckIn command) => DoAsync<DoorAnswer>(command);

    private async Task<T> DoAsync<T>(object command)
    {
        var scope = Planning.Office.As(Roles.Office); // the office ends it
        return await scope.Bus.InvokeAsync<T>(command);
    }

    private async Task<IReadOnlyList<string>> RefusedAsync(object command) =>
        [.. (await Should.ThrowAsync<ProblemsException>(() => DoAsync<object>(command))).Problems.Select(p => p.Field)];
}
