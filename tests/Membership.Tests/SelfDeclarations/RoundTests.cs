using Association.Membership.Contracts;
using Association.Membership.SelfDeclarations;
using Association.Membership.SelfDeclarations.Agenda;
using Association.Membership.SelfDeclarations.Answers;
using Association.Membership.SelfDeclarations.Deciding;
using Association.Membership.SelfDeclarations.Desk;
using Association.Membership.SelfDeclarations.Rounds;
using Association.Membership.SelfDeclarations.Sending;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Membership.Tests.SelfDeclarations;

/// <summary>Who is asked, how, and that nobody is asked or reminded twice for one thing.</summary>
public sealed class RoundTests
{
    [Fact]
    public async Task who_needs_a_number_is_asked_by_mail_or_letter_and_who_cannot_be_reached_is_named()
    {
        await using var office = await RoundOffice.OpenAsync();
        var mailed = await office.HospitalAsync("Per Mail");
        var written = await office.HospitalAsync("Per Brief", email: null, address: true);
        var silent = await office.HospitalAsync("Keine Post", email: null, address: true, noPost: true);
        var nowhere = await office.HospitalAsync("Ohne Anschrift", email: null);
        var odd = await office.HospitalAsync("Unlesbar \U00013000", email: null, address: true);
        await office.Dues.MemberAsync("insurer", name: "Fester Beitrag");
        await office.Dues.MemberAsync("hospital", 300, "Zahl ist da");
        await office.Dues.MemberAsync("hospital", null, "Ausgetreten", left: "2026-06-30");

        (await office.AskAsync()).ShouldBe(new RoundOpened(2027, 2, 3));

        office.Server.Mails.ShouldHaveSingleItem().To.ShouldBe(["post@wald.example"]);
        (await office.RequestAsync(mailed)).Sent.ShouldHaveSingleItem().Way.ShouldBe(DeclarationWay.Mail);
        (await office.RequestAsync(written)).Sent.ShouldHaveSingleItem().Way.ShouldBe(DeclarationWay.Letter);
        (await office.RequestAsync(silent)).Note.Obstacle.ShouldBe("no_post");
        (await office.RequestAsync(nowhere)).Note.Obstacle.ShouldBe("no_address");
        (await office.RequestAsync(odd)).Note.Obstacle.ShouldBe("unprintable");
        (await office.ListAsync()).States.ShouldBe(
            new Dictionary<DeclarationState, int> { [DeclarationState.Open] = 2, [DeclarationState.Unreachable] = 3 },
            ignoreOrder: true
        );
    }

    [Fact]
    public async Task a_letter_carries_a_code_and_waits_for_its_way_out()
    {
        await using var office = await RoundOffice.OpenAsync();
        await office.HospitalAsync(email: null, address: true);
        await office.AskAsync();
        var origin = (await office.Dues.QueryAsync<Guid>("select origin from membership.written_letter")).ShouldHaveSingleItem();
        await using var scope = office.Office.As(Actor.System);
        var letter = (await scope.Services.GetRequiredService<IWrittenLetters>().ReadAsync(origin, CancellationToken.None)).ShouldHaveSingleItem();
        letter.Email.ShouldBeNull(); // on paper, whatever becomes of its address
        letter.Address.Town.ShouldBe("Lebach");
    }

    [Fact]
    public async Task opening_again_asks_only_who_came_since_and_a_closed_round_goes_on()
    {
        await using var office = await RoundOffice.OpenAsync();
        await office.HospitalAsync("Erste", "erste@example.com");
        await office.AskAsync();
        await office.DoAsync(new CloseDeclarations(2027));
        await office.HospitalAsync("Zweite", "zweite@example.com");

        (await office.AskAsync()).Asked.ShouldBe(1);

        office.Server.Mails.SelectMany(m => m.To).ShouldBe(["erste@example.com", "zweite@example.com"]);
        (await office.ListAsync()).Round!.ClosedAt.ShouldBeNull();
    }

    [Fact]
    public async Task who_can_be_reached_by_now_is_asked_when_the_round_is_opened_again()
    {
        await using var office = await RoundOffice.OpenAsync();
        var number = await office.HospitalAsync(email: null);
        (await office.AskAsync()).ShouldBe(new RoundOpened(2027, 0, 1));
        await office.Dues.ExecuteAsync("update membership.member set email = 'neu@example.com' where number = @number", new { number });
        (await office.AskAsync()).ShouldBe(new RoundOpened(2027, 1, 0));
        (await office.AskAsync()).ShouldBe(new RoundOpened(2027, 0, 0));
        office.Server.Mails.ShouldHaveSingleItem().To.ShouldBe(["neu@example.com"]);
        (await office.StateAsync(number)).ShouldBe(DeclarationState.Open);
    }

    [Fact]
    public async Task two_who_open_at_once_ask_everybody_once()
    {
        await using var office = await RoundOffice.OpenAsync();
        for (var i = 0; i < 5; i++)
            await office.HospitalAsync($"Haus {i}", $"haus{i}@example.com");
        await Task.WhenAll(office.AskAsync(), office.AskAsync(), office.AskAsync());
        office.Server.Mails.Count.ShouldBe(5);
        (await office.Dues.QueryAsync<int>("select count(*)::int from membership.declaration_request")).ShouldBe([5]);
    }

    [Fact]
    public async Task a_round_of_many_is_asked_in_chunks_and_a_repeated_chunk_writes_to_nobody_twice()
    {
        await using var office = await RoundOffice.OpenAsync();
        await office.Dues.ExecuteAsync(
            """
            insert into membership.member (id, number, kind, name, category, email)
            select gen_random_uuid(), 'V' || i, 'organisation', 'Verein ' || i, 'hospital', 'v' || i || '@example.com' from generate_series(1, 450) i
            """
        );
        (await office.AskAsync()).Asked.ShouldBe(450);
        var message = new SendDeclarations(await office.RoundAsync());
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => office.Dues.PublishAsync(message)));
        office.Server.Mails.SelectMany(m => m.To).Distinct().Count().ShouldBe(450);
        office.Server.Mails.Count.ShouldBe(450);
        (await office.Dues.QueryAsync<(int Done, int Total, bool Over)>("select done, total, finished_at is not null from platform.long_work")).ShouldBe([
            (450, 450, true),
        ]);
    }

    [Fact]
    public async Task the_database_refuses_to_note_one_sending_twice()
    {
        await using var office = await RoundOffice.OpenAsync();
        await office.HospitalAsync();
        await office.AskAsync();
        (
            await Should.ThrowAsync<PostgresException>(() =>
                office.Dues.ExecuteAsync(
                    "insert into membership.declaration_sending (request_id, number, way, purpose, sent_at) select request_id, number, way, 'again', sent_at from membership.declaration_sending"
                )
            )
        ).SqlState.ShouldBe(PostgresErrorCodes.UniqueViolation);
    }

    [Fact]
    public async Task who_is_silent_is_reminded_after_the_days_of_the_round_and_so_often()
    {
        await using var office = await RoundOffice.OpenAsync();
        await office.HospitalAsync("Schweigt", "schweigt@example.com");
        var answered = await office.HospitalAsync("Antwortet", "antwortet@example.com");
        await office.AskAsync();
        await office.AnswerAsync(RoundOffice.LinkOf(office.Server.Mails.Single(m => m.To.Contains("antwortet@example.com"))), 410);
        (await office.StateAsync(answered)).ShouldBe(DeclarationState.Answered);

        await TendOnAsync(office, new DateOnly(2026, 12, 13)); // 20 days
        office.Server.Mails.Count.ShouldBe(2);
        await TendOnAsync(office, new DateOnly(2026, 12, 14));
        await TendOnAsync(office, new DateOnly(2026, 12, 14)); // made up for by another host
        office.Server.Mails.Count.ShouldBe(3);
        office.Server.Mails[2].To.ShouldBe(["schweigt@example.com"]);
        await TendOnAsync(office, new DateOnly(2027, 1, 4));
        await TendOnAsync(office, new DateOnly(2027, 1, 25));
        await TendOnAsync(office, new DateOnly(2027, 3, 1));
        office.Server.Mails.Count.ShouldBe(4); // two reminders, no third

        await using var scope = office.Office.As("office");
        (await scope.Bus.QueryAsync(new ReadDeclarationAgenda())).Rounds.ShouldBe([new RoundAgenda(2027, 1, 0, Silent: 1, 0)]);
    }

    [Fact]
    public async Task a_reminder_leaves_the_first_link_working()
    {
        await using var office = await RoundOffice.OpenAsync();
        await office.HospitalAsync();
        var first = await office.AskForLinkAsync();
        await TendOnAsync(office, new DateOnly(2026, 12, 14));
        var second = RoundOffice.LinkOf(office.Server.Mails[1]);
        second.ShouldNotBe(first);
        (await office.LookAsync(first)).ShouldNotBeNull();
        (await office.LookAsync(second)).ShouldNotBeNull();
    }

    [Fact]
    public async Task nobody_is_reminded_by_hand_within_a_week_nor_when_a_number_came_in_another_way()
    {
        await using var office = await RoundOffice.OpenAsync();
        var number = await office.HospitalAsync();
        await office.AskAsync();
        await office.RefusedAsync(() => office.DoAsync(new RemindDeclarations(2027)), "");
        office.Office.Clock.SetToday(new DateOnly(2026, 11, 30));
        await office.DoAsync(new RemindDeclarations(2027));
        office.Server.Mails.Count.ShouldBe(2);

        var member = (await office.Dues.QueryAsync<Guid>("select id from membership.member")).Single();
        await office.Dues.ValueAsync(MemberId.From(member), 410);
        (await office.StateAsync(number)).ShouldBe(DeclarationState.Settled);
        office.Office.Clock.SetToday(new DateOnly(2026, 12, 30));
        await office.RefusedAsync(() => office.DoAsync(new RemindDeclarations(2027)), "");
    }

    [Fact]
    public async Task the_round_of_the_next_year_opens_by_itself_only_where_that_was_chosen()
    {
        await using var office = await RoundOffice.OpenAsync();
        await office.HospitalAsync();
        await office.AskAsync();
        await TendOnAsync(office, new DateOnly(2027, 11, 1));
        (await office.Dues.QueryAsync<int>("select year from membership.declaration_round")).ShouldBe([2027]);

        office.Office.Clock.SetToday(new DateOnly(2026, 11, 23));
        await office.AskAsync(RoundOffice.Terms with { OpensNext = true });
        await TendOnAsync(office, new DateOnly(2027, 10, 31));
        (await office.Dues.QueryAsync<int>("select year from membership.declaration_round")).ShouldBe([2027]);
        await TendOnAsync(office, new DateOnly(2027, 11, 1));
        await TendOnAsync(office, new DateOnly(2027, 11, 2));
        (await office.Dues.QueryAsync<int>("select year from membership.declaration_round order by 1")).ShouldBe([2027, 2028]);
    }

    [Fact]
    public async Task names_with_line_breaks_stay_one_line_of_the_mail()
    {
        await using var office = await RoundOffice.OpenAsync();
        await office.HospitalAsync("Haus\r\nBcc: alle@example.com");
        await office.AskAsync();
        var mail = office.Server.Mails.ShouldHaveSingleItem();
        mail.To.ShouldBe(["post@wald.example"]);
        mail.Data[..mail.Data.IndexOf("\r\n\r\n", StringComparison.Ordinal)]
            .Split("\r\n")
            .ShouldNotContain(line => line.StartsWith("Bcc", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2025, "Year")]
    [InlineData(2199, "Year")]
    public async Task a_round_of_another_year_is_refused(int year, string field)
    {
        await using var office = await RoundOffice.OpenAsync();
        await office.RefusedAsync(() => office.AskAsync(year: year), field);
    }

    [Fact]
    public async Task days_and_addresses_that_make_no_sense_are_refused_with_their_field()
    {
        await using var office = await RoundOffice.OpenAsync();
        await office.RefusedAsync(() => office.AskAsync(RoundOffice.Terms with { AnswerBy = new DateOnly(2026, 11, 22) }), "AnswerBy");
        await office.RefusedAsync(() => office.AskAsync(RoundOffice.Terms with { RemindAfter = 2 }), "RemindAfter");
        await office.RefusedAsync(() => office.AskAsync(RoundOffice.Terms with { Reminders = 4 }), "Reminders");
        foreach (
            var site in new[]
            {
                "",
                "verein.example",
                "javascript:alert(1)",
                "https://verein.example/pfad",
                "https://a:b@verein.example",
                "https://verein.example\r\n",
            }
        )
            await office.RefusedAsync(() => office.AskAsync(RoundOffice.Terms with { Site = site }), "Site");
        (await office.Dues.QueryAsync<int>("select count(*)::int from membership.declaration_round")).ShouldBe([0]);
    }

    [Fact]
    public async Task a_message_about_a_round_that_is_gone_ends_in_peace()
    {
        await using var office = await RoundOffice.OpenAsync();
        await office.Dues.PublishAsync(new SendDeclarations(Guid.CreateVersion7()));
        office.Server.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task whom_the_server_refuses_is_unreachable_and_gets_a_letter_the_next_morning_or_stays_in_the_list_for_calling()
    {
        await using var office = await RoundOffice.OpenAsync();
        var (postal, nowhere, fine) = (
            await office.HospitalAsync("Mit Anschrift", "weg@example.com", address: true),
            await office.HospitalAsync("Nur E-Mail", "fort@example.com"),
            await office.HospitalAsync("Erreichbar", "da@example.com")
        );
        Refuse(office, "weg@example.com", "fort@example.com");
        await office.AskAsync(RoundOffice.Terms with { Reminders = 0 });

        (await office.ListAsync()).States.ShouldBe(
            new Dictionary<DeclarationState, int> { [DeclarationState.Open] = 1, [DeclarationState.Unreachable] = 2 },
            ignoreOrder: true
        );
        (await office.ListAsync(new DeclarationFilter(State: DeclarationState.Unreachable))).Page.Rows.ShouldAllBe(r =>
            r.Obstacle == DeclarationObstacle.MailRefused
        );
        await using (var scope = office.Office.As("office"))
            (await scope.Bus.QueryAsync(new ReadDeclarationAgenda())).Rounds.ShouldHaveSingleItem().Unreachable.ShouldBe(2);

        await TendOnAsync(office, new DateOnly(2026, 11, 24));
        await TendOnAsync(office, new DateOnly(2026, 11, 24)); // made up for by another host
        await TendOnAsync(office, new DateOnly(2026, 11, 25));

        var request = await office.RequestAsync(postal);
        request.Sent.Select(s => s.Way).ShouldBe([DeclarationWay.Mail, DeclarationWay.Letter]);
        request.Declared.State.ShouldBe(DeclarationState.Open);
        var call = await office.RequestAsync(nowhere);
        (call.Declared.State, call.Note.Obstacle, call.Sent.Count).ShouldBe((DeclarationState.Unreachable, "mail_refused", 1));
        (await office.RequestAsync(fine)).Sent.Count.ShouldBe(1, "no reminders in this round");
        office.Server.Mails.Count.ShouldBe(1);
        (await LetterAsync(office)).ShouldNotContain("Erinnerung", Case.Sensitive, "nothing reached it so far: it is asked, not reminded");
    }

    [Fact]
    public async Task a_refused_address_that_was_corrected_is_written_to_and_a_draft_without_a_way_ends_in_peace()
    {
        await using var office = await RoundOffice.OpenAsync();
        var (corrected, drafted) = (
            await office.HospitalAsync("Berichtigt", "falsch@example.com"),
            await office.HospitalAsync("Entwurf", "entwurf@example.com")
        );
        Refuse(office, "falsch@example.com");
        await office.AskAsync();
        await office.AnswerAsync(RoundOffice.LinkOf(office.Server.Mails.ShouldHaveSingleItem()), 405, by: "", send: false);
        await TendOnAsync(office, new DateOnly(2026, 11, 24));
        (await office.StateAsync(corrected)).ShouldBe(DeclarationState.Unreachable);
        await office.Dues.ExecuteAsync("update membership.member set email = 'richtig@example.com' where number = @corrected", new { corrected });
        Refuse(office, "falsch@example.com", "entwurf@example.com");

        await office.DoAsync(new RemindDeclarations(2027)); // at once, though the week is not over
        office.Server.Mails.Count(m => m.To.Contains("richtig@example.com")).ShouldBe(1);
        (await office.StateAsync(corrected)).ShouldBe(DeclarationState.Open);

        await TendOnAsync(office, new DateOnly(2026, 12, 14)); // the reminder of the draft is refused
        await TendOnAsync(office, new DateOnly(2027, 1, 4)); // and no way is left
        (await office.StateAsync(drafted)).ShouldBe(DeclarationState.Draft);
        (await office.RequestAsync(drafted)).Note.Way.ShouldBe("none");
    }

    private static void Refuse(RoundOffice office, params string[] addresses) =>
        office.Server.Answer = line =>
            line.StartsWith("RCPT", StringComparison.OrdinalIgnoreCase) && addresses.Any(a => line.Contains(a, StringComparison.OrdinalIgnoreCase))
                ? "550 5.1.1 No such user"
                : null;

    private static async Task<string> LetterAsync(RoundOffice office)
    {
        var file = (
            await office.Dues.QueryAsync<byte[]>("select f.bytes from membership.written_letter l join platform.archive_file f on f.id = l.file_id")
        ).ShouldHaveSingleItem();
        return await PdfText.OfAsync(file, "declaration");
    }

    private static async Task TendOnAsync(RoundOffice office, DateOnly day)
    {
        office.Office.Clock.SetToday(day);
        await office.Dues.PublishAsync(new TendDeclarations(day));
    }
}
