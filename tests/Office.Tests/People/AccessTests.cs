using System.Globalization;
using Association.Office.Contracts;
using Association.Office.People;
using Association.Office.People.Account;
using Association.Office.People.Administration;
using Association.Office.People.Deputies;
using Association.Office.People.Invitations;
using Association.Office.People.Permissions;
using Association.Office.People.SecondFactors;
using Association.Office.People.Sessions;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Office.Tests.People;

/// <summary>Nobody who administers signs as the second person: not by an access that she made for somebody of the board.</summary>
public sealed class AccessTests : IAsyncLifetime
{
    private const string Wish = "ein kurzer satz";
    private static readonly Guid Second = new("0190a0c0-0000-7000-8000-000000000009");
    private PeopleOffice _office = null!;

    // Not below: what an asynchronous method sets ends with it.
    public AccessTests() => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de-DE");

    public async Task InitializeAsync()
    {
        _office = await PeopleOffice.OpenAsync();
        await _office.AddAsync(Second, "admin2", "Vera Zwei", Roles.Administrator);
    }

    public async Task DisposeAsync() => await _office.DisposeAsync();

    [Theory]
    [InlineData(Roles.Board, InvitationWay.Link)]
    [InlineData(Roles.Board, InvitationWay.Letter)]
    [InlineData(Roles.Office, InvitationWay.Link)]
    public async Task an_administrator_sees_no_link_to_a_role_that_approves(string role, InvitationWay way)
    {
        var created = await _office.InvokeAsync<IssuedInvitation>("admin", New("neu", role, new InvitationDelivery(way)));
        (created.Code, created.NeedsSecond).ShouldBe(("", true));
        var again = await _office.InvokeAsync<IssuedInvitation>("admin", new InvitePerson(created.PersonId, new InvitationDelivery(way)));
        (again.Code, again.NeedsSecond).ShouldBe(("", true));
        var reset = await _office.InvokeAsync<IssuedInvitation>("admin", new ResetSignIn(PeopleOffice.IdOf("board")));
        (reset.Code, reset.NeedsSecond).ShouldBe(("", true));
    }

    [Fact]
    public async Task whoever_administers_alone_without_a_mail_server_is_told_that_nobody_can_release()
    {
        (await _office.InvokeAsync<IssuedInvitation>("admin", New("neu", Roles.Board, null))).IsStuck.ShouldBeFalse("there is a second administrator");
        await _office.ExecuteAsync("update identity.person set access_given_by_id = @by where id = @Second", new { by = PeopleOffice.IdOf("admin"), Second });
        (await _office.InvokeAsync<IssuedInvitation>("admin", New("neuer", Roles.Board, null))).IsStuck.ShouldBeTrue("she was let in by who issues it");
        await _office.ExecuteAsync("update identity.person set access_given_by_id = null, lockout_end = 'infinity' where id = @Second", new { Second });
        (await _office.InvokeAsync<IssuedInvitation>("admin", New("neuester", Roles.Board, null))).IsStuck.ShouldBeTrue("she is locked");
        (await _office.InvokeAsync<IssuedInvitation>("admin", New("verwalter", Roles.Administrator, null))).IsStuck.ShouldBeFalse();
    }

    [Fact]
    public async Task by_mail_it_goes_to_the_person_and_who_administers_gets_the_link_as_before()
    {
        var mailed = await _office.InvokeAsync<IssuedInvitation>(
            "admin",
            New("post", Roles.Board, new InvitationDelivery(InvitationWay.Mail, "nora@verein.example", "https://verein.example"))
        );
        (mailed.Code, mailed.NeedsSecond, mailed.Email).ShouldBe(("", false, "nora@verein.example"));
        (await _office.InvokeAsync<IssuedInvitation>("admin", New("verwaltung", Roles.Administrator, null))).Code.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task an_access_that_approves_is_not_mailed_into_the_mailbox_of_another()
    {
        await _office.ExecuteAsync(
            "update identity.person set email = 'Ruediger@verein.example', normalized_email = 'RUEDIGER@VEREIN.EXAMPLE' where id = @by",
            new { by = PeopleOffice.IdOf("admin") }
        );
        var own = new InvitationDelivery(InvitationWay.Mail, "ruediger@verein.example", "https://verein.example");

        var refused = (await _office.ProblemsAsync("admin", New("vorstand", Roles.Board, own))).Single();

        (refused.Field, refused.Text.Contains("anderen Zugang", StringComparison.Ordinal)).ShouldBe((nameof(InvitationDelivery.Email), true));
        (await _office.ReadAsync<long>("select count(*) from identity.person where user_name = 'vorstand'")).ShouldBe(0);
        (await _office.InvokeAsync<IssuedInvitation>("admin", New("verwalterin", Roles.Administrator, own))).Email.ShouldBe(
            "ruediger@verein.example",
            "who approves nothing may"
        );
    }

    [Fact]
    public async Task a_second_administrator_releases_it_and_nobody_else()
    {
        var created = await _office.InvokeAsync<IssuedInvitation>("admin", New("neu", Roles.Board, null));
        var release = new ReleaseInvitation(created.PersonId);
        (await _office.ProblemsAsync("admin", release)).Single().Text.ShouldContain("Sie haben diese Einladung ausgestellt.");
        await _office.ExecuteAsync(
            "update identity.person set access_given_at = now() - interval '30 days', access_given_by = 'Rüdiger Lambert', access_given_by_id = @by where id = @Second",
            new { by = PeopleOffice.IdOf("admin"), Second }
        );
        (await SecondProblemsAsync(release)).Single().Text.ShouldContain("von derselben Person wie diese Einladung");
        await _office.ExecuteAsync(
            "update identity.person set access_given_at = @now, access_given_by_id = gen_random_uuid() where id = @Second",
            new { Second, now = _office.Office.Clock.GetUtcNow() }
        );
        (await SecondProblemsAsync(release)).Single().Text.ShouldContain("vor weniger als einem Tag");
        (await TasksAsync(SecondActor)).ShouldHaveSingleItem().Text.ShouldBe("Einladung für Nora Neu freigeben");

        _office.Office.Clock.Advance(TimeSpan.FromDays(2));
        var released = await _office.Office.As(SecondActor).Bus.InvokeAsync<IssuedInvitation>(release);
        (await OpenAsync(released.Code))!.State.ShouldBe(InvitationState.Open);
        (await SecondProblemsAsync(release)).Single().Text.ShouldContain("Es wartet keine Einladung mehr");
        (await TasksAsync(SecondActor)).ShouldBeEmpty();
    }

    [Fact]
    public async Task an_access_that_somebody_else_made_approves_nothing_for_a_day_and_says_so_to_the_person()
    {
        var created = await _office.InvokeAsync<IssuedInvitation>("admin", New("neu", Roles.Board, null));
        var code = (await _office.Office.As(SecondActor).Bus.InvokeAsync<IssuedInvitation>(new ReleaseInvitation(created.PersonId))).Code;
        await _office.Office.As(Actor.Anonymous).Bus.InvokeAsync<Guid>(new AcceptInvitation(code, Wish));

        (await MayApproveAsync(created.PersonId, Roles.Board)).ShouldBeFalse();
        (await MayApproveAsync(PeopleOffice.IdOf("board"), Roles.Board)).ShouldBeTrue("nobody touched hers");
        var person = new Actor(UserId.From(created.PersonId), "Nora Neu", new HashSet<string> { IdentityModule.OwnAccount });
        var account = await _office.Office.As(person).Bus.QueryAsync(new GetOwnAccount());
        (account.AccessGivenBy, account.ApprovesFrom).ShouldBe(("Vera Zwei", account.AccessGivenAt + TimeSpan.FromDays(1)));
        var row = (await TasksAsync(person)).ShouldHaveSingleItem();
        row.Text.ShouldStartWith("Ihr Zugang wurde am ");
        row.Text.ShouldEndWith(" durch Vera Zwei eingerichtet");

        _office.Office.Clock.Advance(TimeSpan.FromHours(25));
        (await MayApproveAsync(created.PersonId, Roles.Board)).ShouldBeTrue();
        (await TasksAsync(person)).ShouldBeEmpty();
        (await _office.Office.As(person).Bus.QueryAsync(new GetOwnAccount())).AccessGivenBy.ShouldBe("Vera Zwei", "the page still says it");
    }

    [Fact]
    public async Task what_an_administrator_changes_about_the_access_pauses_it_and_a_change_of_ones_own_does_not()
    {
        var board = PeopleOffice.IdOf("board");
        await _office.InvokeAsync("board", new ChangeOwnPassword(PeopleOffice.Password, Wish));
        (await MayApproveAsync(board, Roles.Board)).ShouldBeTrue();
        await _office.InvokeAsync<IssuedInvitation>("admin", new ResetSignIn(board));
        (await MayApproveAsync(board, Roles.Board)).ShouldBeFalse();

        var office = PeopleOffice.IdOf("office");
        await _office.InvokeAsync("admin", new ChangePerson(office, "Anna Dörr", Roles.Board));
        (await MayApproveAsync(office, Roles.Board)).ShouldBeFalse("the role was given just now");
        await _office.InvokeAsync("admin", new ChangePerson(PeopleOffice.IdOf("office2"), "Jonas Thull-Bach", Roles.Office));
        (await MayApproveAsync(PeopleOffice.IdOf("office2"), Roles.Office)).ShouldBeTrue("a name is no access");
    }

    [Fact]
    public async Task what_an_administrator_does_to_an_access_is_told_by_mail_to_the_address_that_was_known_before()
    {
        await using (var scope = _office.Office.Services.CreateAsyncScope())
        {
            var rules = scope.ServiceProvider.GetRequiredService<IOfficeRules>();
            var mail = new MailRules
            {
                Server = "127.0.0.1",
                SenderName = "Bliesland",
                SenderAddress = "post@bliesland.example",
            };
            await using var connection = await _office.Office.Database.OpenConnectionAsync();
            (await rules.SaveAsync(connection, OfficeRules.Default with { Mail = mail }, CancellationToken.None)).ShouldNotBeNull();
        }
        var nora = (
            await _office.InvokeAsync<IssuedInvitation>(
                "admin",
                New("nora", Roles.Board, new InvitationDelivery(InvitationWay.Mail, "nora@verein.example", "https://v.example"))
            )
        ).PersonId;
        Task<long> ToldAsync() =>
            _office.ReadAsync<long>("select count(*) from mail.outgoing_mail where kind = 'access' and recipient_address = 'nora@verein.example'");
        var told = await ToldAsync();

        (await _office.InvokeAsync<IssuedInvitation>("admin", new InvitePerson(nora, new InvitationDelivery(InvitationWay.Link)))).NeedsSecond.ShouldBeTrue();
        (await ToldAsync()).ShouldBe(told + 1, "a new link");
        await _office.InvokeAsync<IssuedInvitation>("admin", new ResetSignIn(nora));
        (await ToldAsync()).ShouldBe(told + 2, "a reset");
        await _office.InvokeAsync("admin", new ChangePerson(nora, "Nora Neu", Roles.Administrator));
        (await ToldAsync()).ShouldBe(told + 3, "another role");
    }

    [Fact]
    public async Task an_access_whose_link_was_shown_does_not_become_one_that_approves()
    {
        var refused = await _office.ProblemsAsync("admin", new ChangePerson(Second, "Vera Zwei", Roles.Board));
        (refused.Single().Field, refused.Single().Text).ShouldBe(
            ("Role", "Wer zustimmen darf, bekommt einen eigenen Zugang: Legen Sie die Person mit dieser Rolle neu an und sperren Sie diesen Zugang.")
        );
    }

    [Fact]
    public async Task a_deputy_whom_the_administrator_entered_approves_from_the_next_day_on_and_one_of_the_boards_own_at_once()
    {
        var today = Platform.Data.Kernel.BusinessCalendar.Today(_office.Office.Clock);
        await _office.ExecuteAsync(
            "insert into identity.role_permission (id, role, permission, held, changed_at) values ('office:trial.approve', 'office', 'trial.approve', false, now())"
        );
        await _office.InvokeAsync("admin", new NameDeputy(PeopleOffice.IdOf("board"), PeopleOffice.IdOf("office"), today, today.AddDays(9)));
        (await MayApproveAsync(PeopleOffice.IdOf("office"), Roles.Office)).ShouldBeFalse();
        _office.Office.Clock.Advance(TimeSpan.FromHours(25));
        (await MayApproveAsync(PeopleOffice.IdOf("office"), Roles.Office)).ShouldBeTrue();

        await _office.ExecuteAsync("update identity.deputy set ended_at = now()");
        await _office.InvokeAsync("board", new NameDeputy(PeopleOffice.IdOf("board"), PeopleOffice.IdOf("office2"), today.AddDays(1), today.AddDays(9)));
        (await MayApproveAsync(PeopleOffice.IdOf("office2"), Roles.Office)).ShouldBeTrue();
    }

    [Fact]
    public async Task the_board_needs_a_second_factor_and_only_the_people_that_a_demo_began_with_do_not()
    {
        var board = PeopleOffice.IdOf("board");
        (await MissingAsync(board)).ShouldBe(MissingFactor.ToSetUp);
        (await MissingAsync(PeopleOffice.IdOf("office"))).ShouldBe(MissingFactor.Nothing);
        (await _office.ProblemsAsync("admin", new RequireSecondFactor([Roles.Office]))).Single().Text.ShouldContain("Er braucht immer einen zweiten Faktor.");
        (await _office.Office.As("admin").Bus.QueryAsync(new ReadSecondFactorRule())).Single(r => r.Role == Roles.Board).Required.ShouldBeTrue();

        await using var demo = await PeopleOffice.OpenAsync("demo");
        (await MissingAsync(board, demo)).ShouldBe(MissingFactor.Nothing);
        await demo.ExecuteAsync("update identity.person set access_given_at = now(), access_given_by = 'Rüdiger Lambert' where id = @board", new { board });
        (await MissingAsync(board, demo)).ShouldBe(MissingFactor.ToSetUp, "somebody made it anew");
    }

    private static CreatePerson New(string login, string role, InvitationDelivery? delivery) => new(login, "Nora Neu", role, "de", null, delivery);

    private Actor SecondActor =>
        new(UserId.From(Second), "Vera Zwei", _office.Office.Services.GetRequiredService<PermissionCatalog>().HeldBy(Roles.Administrator));

    private async Task<IReadOnlyList<Problem>> SecondProblemsAsync(object command) =>
        (await Should.ThrowAsync<ProblemsException>(() => _office.Office.As(SecondActor).Bus.InvokeAsync(command))).Problems;

    private Task<OpenedInvitation?> OpenAsync(string code) => _office.Office.As(Actor.Anonymous).Bus.QueryAsync(new ReadInvitation(code));

    private async Task<bool> MayApproveAsync(Guid person, string role) =>
        (await _office.Office.Services.GetRequiredService<ActorOfRequest>().ReadAsync(new SignedIn(Guid.Empty, person, "", role), CancellationToken.None)).May(
            SigningModule.Approve
        );

    private async Task<IReadOnlyList<TodayRow>> TasksAsync(Actor actor)
    {
        var tasks = _office.Office.As(actor).Services.GetServices<ITodayTask>().Where(t => t is AccessTask or InvitationTask);
        var rows = new List<TodayRow>();
        foreach (var task in tasks)
            rows.AddRange(await task.FindAsync(actor, CancellationToken.None));
        return rows;
    }

    private async Task<MissingFactor> MissingAsync(Guid person, PeopleOffice? office = null)
    {
        var sessions = (office ?? _office).Office.Services.GetRequiredService<SessionStore>();
        var session = await sessions.BeginAsync(person, "", "", twoFactors: false, CancellationToken.None);
        return (await sessions.FindAsync(session, CancellationToken.None))!.Missing;
    }
}
