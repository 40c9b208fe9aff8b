using System.Diagnostics;
using Association.Mail.Tests.Server;
using Association.Platform.Mail;
using Association.Platform.Mail.Operation;
using Association.Platform.Messaging;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Mail.Tests.Outgoing;

/// <summary>Hosts that are killed while they hand mails over, hosts that race, hosts that are stopped: nothing is lost, nothing is sent twice.</summary>
public sealed class CrashTests() : MailOffice(working: false)
{
    [Theory]
    [InlineData("RCPT")]
    [InlineData(".")]
    public async Task a_host_killed_between_claim_and_answer_leaves_an_uncertain_mail_that_no_other_host_sends(string at)
    {
        var reached = new TaskCompletionSource();
        Server.Before = line =>
        {
            if (!line.StartsWith(at, StringComparison.Ordinal))
                return Task.CompletedTask;
            reached.TrySetResult();
            return Task.CompletedTask;
        };
        Server.Answer = line => line.StartsWith(at, StringComparison.Ordinal) ? TrialServer.Hang : null;
        await Office.As(Clerk).Bus.InvokeAsync(new NameServer(Server.Port));
        await Anna.Bus.InvokeAsync(new WriteLetter("letter:1", TimeSpan.FromDays(1)));
        using (var host = Start())
        {
            await reached.Task.WaitAsync(TimeSpan.FromMinutes(1));
            host.Kill();
            await host.WaitForExitAsync();
        }
        Server.Answer = _ => null;
        var id = (await ReadAsync<Guid>("select id from mail.outgoing_mail where state = 'sending'")).Single();

        await Anna.Services.GetRequiredService<IMessageDrain>().DrainEverythingAsync(); // this process goes on where the other was

        (await StateAsync(id)).ShouldBe(MailState.Unknown);
        Server.Commands.Count(c => c.StartsWith("RCPT", StringComparison.Ordinal)).ShouldBe(1);
        await Anna.InvokeAndWaitAsync(new SendMailAgain(id));
        (await StateAsync(id)).ShouldBe(MailState.Sent);
    }

    [Fact]
    public async Task of_mails_that_are_told_one_after_the_other_a_killed_host_leaves_the_one_that_it_was_telling_uncertain_and_no_other()
    {
        var (reached, ends) = (new TaskCompletionSource(), 0);
        Server.Before = line =>
        {
            if (line == "." && Interlocked.Increment(ref ends) == 3)
                reached.TrySetResult();
            return Task.CompletedTask;
        };
        Server.Answer = line => line == "." && ends >= 3 ? TrialServer.Hang : null;
        await Office.As(Clerk).Bus.InvokeAsync(new NameServer(Server.Port));
        await Anna.Bus.InvokeAsync(new WriteLetter("letter:1", TimeSpan.FromDays(1), Copies: Platform.Mail.Outgoing.SendMails.Most));
        using (var host = Start())
        {
            await reached.Task.WaitAsync(TimeSpan.FromMinutes(1));
            host.Kill();
            await host.WaitForExitAsync();
        }
        (Server.Answer, Server.Before) = (_ => null, _ => Task.CompletedTask);

        await Anna.Services.GetRequiredService<IMessageDrain>().DrainEverythingAsync(); // this process goes on where the other was

        var states = await ReadAsync<(string State, int Attempts)>("select state, attempts from mail.outgoing_mail");
        states.CountBy(s => s.State).ShouldBe([new("sent", Platform.Mail.Outgoing.SendMails.Most - 1), new("unknown", 1)], ignoreOrder: true);
        states.ShouldAllBe(s => s.Attempts == 1);
        Server.Mails.CountBy(m => m.MessageId).ShouldAllBe(m => m.Value == 1);
    }

    [Fact]
    public async Task a_mail_that_was_claimed_ahead_and_not_told_waits_as_before()
    {
        await SetServerAsync();
        await Anna.Bus.InvokeAsync(new WriteLetter("letter:1", TimeSpan.FromDays(1), Copies: 2));
        var ids = await ReadAsync<Guid>("select id from mail.outgoing_mail order by purpose");
        var dispatch = Office.Services.GetRequiredService<Platform.Mail.Outgoing.MailDispatch>();
        await using (var claims = dispatch.Begin())
        {
            (await dispatch.SendAsync(claims, ids[0], 1, next: ids[1], default)).ShouldBeNull();
            (await StateAsync(ids[1])).ShouldBe(MailState.Sending);
        }

        (await StateAsync(ids[0])).ShouldBe(MailState.Sent);
        (await ReadAsync<(string, int)>("select state, attempts from mail.outgoing_mail where id = @id", new { id = ids[1] })).ShouldBe([("waiting", 0)]);
        await using var later = dispatch.Begin();
        await dispatch.SendAsync(later, ids[1], 1, null, default);
        Server.Mails.Count.ShouldBe(2);
    }

    [Fact]
    public async Task hosts_killed_at_any_moment_lose_no_mail_and_send_none_twice()
    {
        const int Letters = 60;
        var random = new Random(4711);
        Server.Before = line => Task.Delay(line is "" or "." ? 2 : 0); // a server takes its time, so that a kill finds a conversation
        await Office.As(Clerk).Bus.InvokeAsync(new NameServer(Server.Port));
        for (var i = 0; i < Letters; i++)
            await Anna.Bus.InvokeAsync(new WriteLetter($"letter:{i}", TimeSpan.FromDays(1)));
        var rounds = Environment.GetEnvironmentVariable("ASSOCIATION_TEST_LONG") == "1" ? 60 : 4;
        for (var round = 0; round < rounds; round++)
        {
            using var host = Start();
            await host.StandardOutput.ReadLineAsync();
            var before = Server.Mails.Count;
            await UntilAsync(async () =>
                Server.Mails.Count > before || (await ReadAsync<long>("select count(*) from mail.outgoing_mail where state = 'waiting'")).Single() == 0
            );
            await Task.Delay(random.Next(60)); // any moment
            host.Kill();
            await host.WaitForExitAsync();
        }
        await Anna.Services.GetRequiredService<IMessageDrain>().DrainEverythingAsync();

        var states = await ReadAsync<(string MessageId, string State)>("select coalesce(message_id, ''), state from mail.outgoing_mail");
        states.Count.ShouldBe(Letters);
        states.ShouldAllBe(s => s.State == "sent" || s.State == "unknown");
        var arrived = Server.Mails.CountBy(m => m.MessageId).ToDictionary();
        arrived.Values.ShouldAllBe(times => times == 1, "a mail was sent twice");
        states.Where(s => s.State == "sent").ShouldAllBe(s => arrived.ContainsKey(s.MessageId), "a mail said to be sent was lost");
    }

    [Fact]
    public async Task two_hosts_and_doubled_messages_send_each_mail_once()
    {
        const int Letters = 40;
        for (var i = 0; i < Letters; i++)
            await Anna.Bus.InvokeAsync(new WriteLetter($"letter:{i}", TimeSpan.FromDays(1)));
        await Office.As(Clerk).Bus.InvokeAsync(new NameServer(Server.Port));
        var doubled = Office.As(Platform.Data.Users.Actor.System).Bus;
        foreach (var (id, turn) in await ReadAsync<(Guid, int)>("select id, turn from mail.outgoing_mail"))
            await doubled.SendAsync(new Platform.Mail.Outgoing.SendMail(id, turn));
        var (one, two) = (await HostAsync(Office.ConnectionString), await HostAsync(Office.ConnectionString));

        await UntilAsync(async () => (await ReadAsync<long>("select count(*) from mail.outgoing_mail where state <> 'sent'")).Single() == 0);

        await StopAsync(one);
        await StopAsync(two);
        Server.Mails.Select(m => m.MessageId).Distinct().Count().ShouldBe(Letters);
        Server.Mails.Count.ShouldBe(Letters);
    }

    [Fact]
    public async Task while_one_host_talks_to_the_server_another_leaves_the_mail_alone()
    {
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        Server.Before = line =>
        {
            if (line != ".")
                return Task.CompletedTask;
            reached.TrySetResult();
            return go.Task;
        };
        await SetServerAsync();
        await Anna.Bus.InvokeAsync(new WriteLetter("letter:1", TimeSpan.FromDays(1)));
        var first = await HostAsync(Office.ConnectionString);
        await reached.Task.WaitAsync(TimeSpan.FromMinutes(1));
        var id = (await ReadAsync<Guid>("select id from mail.outgoing_mail")).Single();

        var dispatch = Office.Services.GetRequiredService<Platform.Mail.Outgoing.MailDispatch>();
        await using var claims = dispatch.Begin();

        var second = await dispatch.SendAsync(claims, id, 1, null, default);

        second.ShouldNotBeNull("it looks again later");
        (await StateAsync(id)).ShouldBe(MailState.Sending);
        go.SetResult();
        await UntilAsync(async () => await StateAsync(id) == MailState.Sent);
        await StopAsync(first);
        Server.Mails.Count.ShouldBe(1);
    }

    // The lock goes with the statement that writes the end, so a second message can have it a moment before that is committed.
    [Fact]
    public async Task whoever_takes_a_mail_while_its_end_is_being_committed_leaves_the_end_as_it_is()
    {
        await SetServerAsync();
        await Anna.Bus.InvokeAsync(new WriteLetter("letter:1", TimeSpan.FromDays(1)));
        var id = (await ReadAsync<Guid>("select id from mail.outgoing_mail")).Single();
        await ExecuteAsync(
            "update mail.outgoing_mail set state = 'sending', claim = gen_random_uuid(), attempts = 1, attempted_at = now(), message_id = 'a@b' where id = @id",
            new { id }
        );
        await using var other = await Office.Database.OpenConnectionAsync();
        await using var end = await other.BeginTransactionAsync();
        await other.ExecuteAsync("update mail.outgoing_mail set state = 'sent', settled_at = now(), content = null where id = @id", new { id });

        var dispatch = Office.Services.GetRequiredService<Platform.Mail.Outgoing.MailDispatch>();
        await using var claims = dispatch.Begin();

        var second = dispatch.SendAsync(claims, id, 1, null, default);
        await UntilAsync(async () =>
            (
                await ReadAsync<bool>(
                    """
                    select exists (select from pg_stat_activity
                    where datname = current_database() and wait_event_type = 'Lock'
                    and query like '%outgoing_mail%')
                    """
                )
            ).Single()
        );
        await end.CommitAsync();

        (await second).ShouldBeNull();
        (await StateAsync(id)).ShouldBe(MailState.Sent);
        Server.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_host_that_is_stopped_before_the_mail_left_gives_it_back_untried()
    {
        var reached = new TaskCompletionSource();
        Server.Before = line =>
        {
            if (!line.StartsWith("MAIL", StringComparison.Ordinal))
                return Task.CompletedTask;
            reached.TrySetResult();
            return Task.Delay(TimeSpan.FromSeconds(9));
        };
        await SetServerAsync();
        await Anna.Bus.InvokeAsync(new WriteLetter("letter:1", TimeSpan.FromDays(1)));
        var host = await HostAsync(Office.ConnectionString, options => options.ShutdownGrace = TimeSpan.FromMilliseconds(50));
        await reached.Task.WaitAsync(TimeSpan.FromMinutes(1));

        await StopAsync(host);

        var id = (await ReadAsync<Guid>("select id from mail.outgoing_mail")).Single();
        (await MailAsync(id)).ShouldSatisfyAllConditions(m => m.State.ShouldBe(MailState.Waiting), m => m.Attempts.ShouldBe(0));
        Server.Before = _ => Task.CompletedTask;
        await Anna.Services.GetRequiredService<IMessageDrain>().DrainEverythingAsync();
        (await StateAsync(id)).ShouldBe(MailState.Sent);
        Server.Mails.Count.ShouldBe(1);
    }

    private Process Start() =>
        Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, [typeof(CrashTests).Assembly.Location, "work", Office.ConnectionString])
            {
                RedirectStandardInput = true, // closed when this process ends, whichever way: then the child ends, too
                RedirectStandardOutput = true,
            }
        )!;
}
