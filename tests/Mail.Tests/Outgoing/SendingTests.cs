using Association.Mail.Tests.Server;
using Association.Platform.Mail;
using Association.Platform.Mail.Operation;
using Association.Platform.Mail.Smtp;
using Association.Platform.Messaging;
using Association.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Mail.Tests.Outgoing;

/// <summary>A mail from the change that causes it to its end, with a server that says yes, no, later, or nothing.</summary>
public sealed class SendingTests() : MailOffice(working: false)
{
    [Fact]
    public async Task a_mail_leaves_if_and_only_if_the_change_is_committed()
    {
        await SetServerAsync();
        await Should.ThrowAsync<InvalidOperationException>(() => Anna.Bus.InvokeAsync(new WriteLetter("letter:0", TimeSpan.FromDays(1), Fails: true)));
        var id = await WriteAsync();

        Server.Mails.Single().Data.ShouldContain("Subject: Ihr Zugang");
        var mail = await MailAsync(id);
        (mail.State, mail.Attempts, mail.LastStep, mail.LastFault, mail.LastReply).ShouldBe(
            (MailState.Sent, 1, SmtpStep.Acceptance, null, "250 2.0.0 Ok: queued as 4XyZ")
        );
    }

    [Fact]
    public async Task for_one_purpose_there_is_one_mail_however_often_it_is_asked_for()
    {
        await SetServerAsync();
        await WriteAsync();
        (await Anna.Bus.InvokeAsync<bool>(new WriteLetter("letter:1", TimeSpan.FromDays(1)))).ShouldBeFalse();
        await Anna.DrainAsync();

        Server.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task the_secret_in_a_mail_is_nowhere_to_be_read_and_goes_with_the_sending()
    {
        var id = await WriteAsync();
        var code = LetterModule.Secret[^9..];
        foreach (var table in new[] { "mail.outgoing_mail", "messaging.message", "messaging.handled", "platform.audit_entry" })
            (await ReadAsync<long>($"select count(*) from {table} t where t::text ilike '%{code}%'")).Single().ShouldBe(0, table);
        (await ReadAsync<long>("select count(*) from messaging.message t where t::text ilike '%nina%'"))
            .Single()
            .ShouldBe(0, "a message holds an id, no address");
        (await ReadAsync<bool>("select content is not null from mail.outgoing_mail")).Single().ShouldBeTrue();

        await SetServerAsync();
        await LetTimeComeAsync();

        (await StateAsync(id)).ShouldBe(MailState.Sent);
        Server.Mails.Single().Data.ShouldContain(code);
        (await ReadAsync<bool>("select content is null from mail.outgoing_mail")).Single().ShouldBeTrue();
        (await ReadAsync<long>("select count(*) from platform.audit_entry where changes::text ilike '%content%'")).Single().ShouldBe(0);
    }

    [Fact]
    public async Task without_a_server_mails_wait_and_leave_when_one_is_set()
    {
        var ids = new[] { await WriteAsync("letter:1"), await WriteAsync("letter:2") };
        (await Anna.Bus.QueryAsync(new CountMails())).ShouldSatisfyAllConditions(c => c.HasServer.ShouldBeFalse(), c => c.Of(MailState.Waiting).ShouldBe(2));

        await SetServerAsync();
        await Office.DrainAsync();

        foreach (var id in ids)
            (await StateAsync(id)).ShouldBe(MailState.Sent);
        await LetTimeComeAsync();
        Server.Mails.Count.ShouldBe(2, "the older messages of both do nothing");
    }

    [Fact]
    public async Task many_mails_go_in_a_few_conversations_and_one_that_the_server_ended_meanwhile_costs_no_attempt()
    {
        await SetServerAsync();
        var (told, ended) = (0, 0);
        // After three mails the server ends a conversation when the next sender is named: with the words for it, or without.
        Server.Answer = line =>
        {
            if (line.StartsWith("EHLO", StringComparison.Ordinal))
                told = 0;
            else if (line == ".")
                told++;
            return told < 3 || !line.StartsWith("MAIL", StringComparison.Ordinal) ? null
                : ++ended % 2 == 0 ? "421 4.7.0 Too many messages in this connection"
                : TrialServer.Cut;
        };

        for (var i = 0; i < 24; i++)
            await WriteAsync($"letter:{i}");

        Server.Mails.Select(m => m.MessageId).Distinct().Count().ShouldBe(24);
        Server.Mails.Count.ShouldBe(24);
        ended.ShouldBeGreaterThan(0);
        (await ReadAsync<long>("select count(*) from mail.outgoing_mail where state = 'sent' and attempts = 1")).Single().ShouldBe(24);
        Server.Commands.Count(c => c.StartsWith("EHLO", StringComparison.Ordinal)).ShouldBeLessThan(24, "one conversation carries several");
    }

    [Fact]
    public async Task another_server_in_the_settings_is_told_the_next_mail()
    {
        await SetServerAsync();
        await WriteAsync("letter:1");
        await using var other = new TrialServer();
        await Office.As(Clerk).Bus.InvokeAsync(new NameServer(other.Port));

        await WriteAsync("letter:2");

        Server.Mails.Count.ShouldBe(1);
        other.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task what_comes_too_late_is_not_sent_and_its_text_is_gone()
    {
        var id = await WriteAsync(within: TimeSpan.FromHours(1));
        Office.Clock.Advance(TimeSpan.FromHours(2));
        await SetServerAsync();
        await Office.DrainAsync();

        (await StateAsync(id)).ShouldBe(MailState.Expired);
        (await ReadAsync<bool>("select content is null from mail.outgoing_mail")).Single().ShouldBeTrue();
        Server.Mails.ShouldBeEmpty();
        var refused = await Should.ThrowAsync<ProblemsException>(() => Anna.Bus.InvokeAsync(new SendMailAgain(id)));
        refused.Message.ShouldStartWith("Der Stand der E-Mail hat sich inzwischen");
    }

    [Fact]
    public async Task a_busy_server_is_tried_again_later_and_later_with_the_same_message_id()
    {
        var ids = new List<string>();
        Server.Answer = line => line.StartsWith("RCPT", StringComparison.Ordinal) ? "450 4.2.0 greylisted" : null;
        await SetServerAsync();
        var id = await WriteAsync();
        var pauses = new List<double>();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var mail = await MailAsync(id);
            (mail.State, mail.Attempts, mail.LastReply).ShouldBe((MailState.Waiting, attempt, "450 4.2.0 greylisted"));
            pauses.Add(Math.Round((mail.NextAttemptAt - mail.AttemptedAt!.Value).TotalMinutes));
            ids.AddRange(await ReadAsync<string>("select message_id from mail.outgoing_mail"));
            (await ReadAsync<long>("select count(*) from messaging.message")).Single().ShouldBe(1, "it waits in the bus for its time");
            if (attempt == 3)
                Server.Answer = _ => null;
            await LetTimeComeAsync();
        }

        pauses.ShouldBe([1, 5, 15]);
        (await StateAsync(id)).ShouldBe(MailState.Sent);
        ids.Append(Server.Mails.Single().MessageId).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task a_refused_mail_shows_the_servers_words_and_goes_again_when_a_person_says_so()
    {
        Server.Answer = line => line.StartsWith("RCPT", StringComparison.Ordinal) ? "550 5.1.1 No such user here" : null;
        await SetServerAsync();
        var id = await WriteAsync();
        var mail = await MailAsync(id);
        (mail.State, mail.LastStep, mail.LastFault, mail.LastReply).ShouldBe(
            (MailState.Refused, SmtpStep.Recipient, SmtpFault.Refused, "550 5.1.1 No such user here")
        );
        await LetTimeComeAsync();
        (await MailAsync(id)).Attempts.ShouldBe(1, "what was refused is not tried again by itself");

        Server.Answer = _ => null;
        await Anna.InvokeAndWaitAsync(new SendMailAgain(id));

        (await StateAsync(id)).ShouldBe(MailState.Sent);
    }

    [Fact]
    public async Task a_connection_cut_before_the_answer_leaves_a_mail_that_only_a_person_sends_again()
    {
        Server.Answer = line => line == "." ? TrialServer.Cut : null;
        await SetServerAsync();
        var (first, second) = (await WriteAsync("letter:1"), await WriteAsync("letter:2"));
        (await StateAsync(first)).ShouldBe(MailState.Unknown);
        Server.Answer = _ => null;
        await LetTimeComeAsync();
        await SetServerAsync();
        await Office.DrainAsync();
        (await StateAsync(first)).ShouldBe(MailState.Unknown, "neither time nor a new server sends it again");
        Server.Mails.Count.ShouldBe(2);

        await Anna.InvokeAndWaitAsync(new ConfirmMailArrived(first));
        await Anna.InvokeAndWaitAsync(new SendMailAgain(second));

        (await MailAsync(first)).ShouldSatisfyAllConditions(m => m.State.ShouldBe(MailState.Sent), m => m.SettledBy.ShouldBe("Sekretariat"));
        (await StateAsync(second)).ShouldBe(MailState.Sent);
        Server.Mails.Count.ShouldBe(3);
        Server.Mails.Count(m => m.MessageId == Server.Mails[^1].MessageId).ShouldBe(2, "who has it already can tell");
    }

    [Fact]
    public async Task what_is_taken_back_is_not_sent_not_even_when_the_server_was_just_being_asked()
    {
        var waiting = await WriteAsync("letter:1");
        await Anna.Bus.InvokeAsync(new TakeBack("letter:1"));
        (await StateAsync(waiting)).ShouldBe(MailState.Withdrawn);

        Server.Before = async line =>
        {
            if (line.StartsWith("RCPT", StringComparison.Ordinal))
                await Office.As(Clerk).Bus.InvokeAsync(new TakeBack("letter:2"));
        };
        Server.Answer = line => line.StartsWith("RCPT", StringComparison.Ordinal) ? "450 4.2.0 later" : null;
        await SetServerAsync();
        var asked = await WriteAsync("letter:2");
        Server.Answer = _ => null;
        await LetTimeComeAsync();

        (await StateAsync(asked)).ShouldBe(MailState.Expired);
        Server.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task of_two_who_decide_at_once_one_is_told_and_one_mail_leaves()
    {
        Server.Answer = line => line.StartsWith("RCPT", StringComparison.Ordinal) ? "550 5.1.1 No such user here" : null;
        await SetServerAsync();
        var id = await WriteAsync();
        Server.Answer = _ => null;

        await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(async i =>
                {
                    var scope = Office.As(Clerk);
                    try
                    {
                        await scope.Bus.InvokeAsync(i % 2 == 0 ? new SendMailAgain(id) : new WithdrawMail(id));
                        await scope.DrainAsync();
                    }
                    catch (ProblemsException)
                    {
                        // the other was first
                    }
                })
        );
        await Anna.Services.GetRequiredService<IMessageDrain>().DrainEverythingAsync();

        Server.Mails.Count.ShouldBe(await StateAsync(id) == MailState.Sent ? 1 : 0);
        (await StateAsync(id)).ShouldBeOneOf(MailState.Sent, MailState.Withdrawn);
    }

    [Theory]
    [InlineData("update mail.outgoing_mail set state = 'waiting', content = 'x', settled_at = null")]
    [InlineData("update mail.outgoing_mail set recipient_address = 'boese@example.org'")]
    [InlineData("update mail.outgoing_mail set message_id = 'other'")]
    [InlineData("delete from mail.outgoing_mail")]
    public async Task the_database_refuses_to_send_a_sent_mail_again_or_to_forget_it(string sql)
    {
        await SetServerAsync();
        await WriteAsync();

        (await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(sql))).SqlState.ShouldBe("AS001");
    }

    [Fact]
    public async Task the_database_refuses_to_send_an_uncertain_mail_again_without_a_person()
    {
        Server.Answer = line => line == "." ? TrialServer.Cut : null;
        await SetServerAsync();
        await WriteAsync();

        (
            await Should.ThrowAsync<PostgresException>(() => ExecuteAsync("update mail.outgoing_mail set state = 'waiting', settled_at = null"))
        ).MessageText.ShouldContain("a person decides");
    }

    [Fact]
    public async Task a_test_mail_tells_step_by_step_what_the_server_said()
    {
        (
            await Should.ThrowAsync<ProblemsException>(() => Anna.Bus.InvokeAsync<MailTestReport>(new SendTestMail("nina@klinik.example")))
        ).Message.ShouldStartWith("Es ist noch kein Postausgangsserver");
        await SetServerAsync();
        (await Should.ThrowAsync<ProblemsException>(() => Anna.Bus.InvokeAsync<MailTestReport>(new SendTestMail("k.A."))))
            .Problems.Single()
            .Field.ShouldBe("To");

        var good = await Anna.Bus.InvokeAsync<MailTestReport>(new SendTestMail("nina@klinik.example"));
        Server.Answer = line => line.StartsWith("MAIL", StringComparison.Ordinal) ? "553 5.7.1 Sender address rejected" : null;
        var bad = await Anna.Bus.InvokeAsync<MailTestReport>(new SendTestMail("nina@klinik.example"));

        (good.Ok, good.Steps.Count, Server.Mails.Count).ShouldBe((true, 7, 1));
        (bad.Ok, bad.FailedAt, bad.Reply, bad.Steps[^1].Step).ShouldBe((false, SmtpStep.Sender, "553 5.7.1 Sender address rejected", SmtpStep.Hello));
        Anna.Services.GetRequiredService<MailWords>()
            .Why(bad.FailedAt!.Value, bad.Fault!.Value, bad.Reply)
            .ShouldBe("Absender: Der Server hat abgelehnt. Er sagt: „553 5.7.1 Sender address rejected“");
    }
}
