using Association.Billing.Accounts.Statement;
using Association.Billing.Sending;
using Association.Billing.Tests.Office;
using Association.Platform.Messaging;
using Association.Testing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Sending;

/// <summary>Hosts that are killed while documents leave: nobody gets them twice, nobody is forgotten.</summary>
public sealed class SendingCrashTests() : MailedOffice(working: false)
{
    [Fact]
    public async Task hosts_killed_at_any_moment_mail_nobody_twice_and_forget_nobody()
    {
        const int Members = 60;
        var random = new Random(4711);
        Office.Office.Clock.Set(TimeProvider.System.GetUtcNow()); // as it is for the processes beside
        await Office.IssueAsync([.. Enumerable.Range(0, Members).Select(n => PlannedMembership.Charge(Member($"m{n}"), 10))]);
        Server.Before = line => Task.Delay(line is "" or "." ? 2 : 0); // a server takes its time, so that a kill finds a conversation
        Server.Answer = line =>
            line.StartsWith("RCPT", StringComparison.OrdinalIgnoreCase) && line.Contains("7@", StringComparison.Ordinal) ? "550 5.1.1 No such user" : null;
        var seen = await WaitingAsync();
        await Office.As().Bus.InvokeAsync<BegunSending>(new SendDocuments(null, seen.ByMail, seen.OnPaper));
        var rounds = Environment.GetEnvironmentVariable("ASSOCIATION_TEST_LONG") == "1" ? 60 : 3;
        for (var round = 0; round < rounds; round++)
        {
            using var host = StartHost();
            (await host.StandardOutput.ReadLineAsync()).ShouldBe(Program.Working);
            if (round > 0) // the first one dies while it hands over
            {
                var before = Server.Mails.Count;
                await Waiting.UntilAsync(
                    async () =>
                        Server.Mails.Count > before
                        || await Office.ReadAsync<bool>(
                            "select (select count(*) from mail.outgoing_mail) = 60 and not exists (select from mail.outgoing_mail where state = 'waiting')"
                        ),
                    120,
                    "a mail arrives, or none is left"
                );
            }
            await Task.Delay(random.Next(60)); // any moment
            host.Kill();
            await host.WaitForExitAsync();
        }
        await Office.AsSystem().Services.GetRequiredService<IMessageDrain>().DrainEverythingAsync();

        var proofs = await ListAsync<(string Recipient, string State)>("select recipient, state from billing.delivery");
        proofs.Select(p => p.Recipient).Order().ShouldBe(Enumerable.Range(0, Members).Select(n => $"m{n}@example.org").Order(), "each once");
        var arrived = Server.Mails.CountBy(m => m.To.Single()).ToDictionary();
        arrived.Values.ShouldAllBe(times => times == 1, "nobody twice");
        proofs.ShouldAllBe(p => p.State == "accepted" || p.State == "unknown" || (p.State == "refused" && p.Recipient.Contains("7@")), "each came to an end");
        proofs.Where(p => p.State == "accepted").ShouldAllBe(p => arrived.ContainsKey(p.Recipient), "whoever is said to have it has it");
        proofs.Count(p => p.State == "unknown").ShouldBeLessThanOrEqualTo(rounds * 4, "only what a killed host was just telling the server");
        var waiting = await WaitingAsync();
        waiting.ByMail.ShouldBe(0);
        waiting.OnPaper.ShouldBe(proofs.Count(p => p.State == "refused"), "what was refused waits for paper");
        (
            await Office.ReadAsync<long>("select count(*) from billing.sending s join platform.long_work w on w.id = s.work_id where w.finished_at is null")
        ).ShouldBe(0);
    }

    [Fact]
    public async Task statements_whose_maker_is_killed_are_all_made_once_and_leave_once()
    {
        const int Members = 60;
        var random = new Random(4712);
        Office.Office.Clock.Set(TimeProvider.System.GetUtcNow());
        var members = Enumerable.Range(0, Members).Select(n => Member($"m{n}")).ToList();
        await Office.IssueAsync([.. members.Select(m => PlannedMembership.Charge(m, 10))]);
        await Office.As().Bus.InvokeAsync<IssuedStatements>(new IssueStatements([.. members.Select(m => m.Number)]));
        for (var round = 0; round < 3; round++)
        {
            using var host = StartHost();
            (await host.StandardOutput.ReadLineAsync()).ShouldBe(Program.Working);
            await Task.Delay(random.Next(200)); // any moment
            host.Kill();
            await host.WaitForExitAsync();
        }
        await Office.AsSystem().Services.GetRequiredService<IMessageDrain>().DrainEverythingAsync();

        (await Office.ReadAsync<long>("select count(*) from billing.letter_document")).ShouldBe(Members);
        (await Office.ReadAsync<long>("select count(*) from platform.archive_file where name like 'KA-%'")).ShouldBe(Members, "a file each, and no other");
        await SendAsync();
        Server.Mails.CountBy(m => m.To.Single()).Select(m => m.Value).ShouldAllBe(mails => mails == 2, "one with the invoice, one with the statement");
        (await WaitingAsync()).Documents.ShouldBe(0);
    }
}
