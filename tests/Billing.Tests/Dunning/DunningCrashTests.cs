using Association.Billing.Dunning.Runs;
using Association.Billing.Tests.Office;
using Association.Platform.Messaging;
using Association.Platform.Web.Modules;
using Association.Testing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Billing.Tests.Dunning;

/// <summary>Two hosts, of which one is killed again and again, while the letters of a run are written and leave by a server that refuses for now and for good.</summary>
public sealed class DunningCrashTests() : DunnedOffice(working: false)
{
    [Fact]
    public async Task each_item_is_reminded_of_once_whichever_host_is_killed_when()
    {
        const int Members = 130;
        var random = new Random(4713);
        await SetRulesAsync(r => r with { ReminderFee = new(2.50m) });
        Office.Office.Clock.Set(TimeProvider.System.GetUtcNow().AddDays(-120));
        await Office.IssueAsync([.. Enumerable.Range(0, Members).Select(n => PlannedMembership.Charge(Member($"m{n}"), 10, new DateOnly(2026, 1, 1)))]);
        Office.Office.Clock.Set(TimeProvider.System.GetUtcNow()); // as it is for the processes beside
        var asked = 0;
        Server.Before = line => Task.Delay(line is "" or "." ? 2 : 0);
        Server.Answer = line =>
            line.StartsWith("RCPT", StringComparison.OrdinalIgnoreCase) && line.Contains("7@", StringComparison.Ordinal) ? "550 5.1.1 No such user"
            : line.StartsWith("RCPT", StringComparison.OrdinalIgnoreCase) && Interlocked.Increment(ref asked) % 40 == 0 ? "451 4.3.0 Try again"
            : null;
        var submitted = await Office.As().Bus.InvokeAsync<SubmittedReminders>(new SubmitReminders());
        await Office.As(Roles.Board).Bus.InvokeAsync(new ApproveReminders(submitted.Number));
        await Office.As().Bus.InvokeAsync(new SendReminders(submitted.Number));
        var rounds = Environment.GetEnvironmentVariable("ASSOCIATION_TEST_LONG") == "1" ? 40 : 4;
        for (var round = 0; round < rounds; round++)
            await KillTwoAsync(random, 400);
        await Office.AsSystem().Services.GetRequiredService<IMessageDrain>().DrainEverythingAsync();

        var run = await RunAsync(submitted.Number);
        run.Run.State.ShouldBe(DunningRunState.Sent);
        (await Office.ReadAsync<long>("select count(*) from billing.reminder_item")).ShouldBe(Members, "each item once at its level");
        (await Office.ReadAsync<long>("select count(*) from billing.letter_document")).ShouldBe(Members, "each letter with its file");
        (await Office.ReadAsync<decimal>("select sum(credit) from billing.posting_line where ledger_account = 'fee_income'")).ShouldBe(
            Members * 2.50m,
            "each fee once"
        );
        Server.Mails.CountBy(m => m.To.Single()).ShouldAllBe(m => m.Value == 1, "nobody twice");
        var states = (await ListAsync<(string Recipient, string State)>("select recipient, state from billing.delivery")).ToLookup(
            s => s.State,
            s => s.Recipient
        );
        states.Sum(s => s.Count()).ShouldBe(Members, "each handed over once");
        states["accepted"].ShouldBeSubsetOf(Server.Mails.Select(m => m.To.Single()));
        states.Select(s => s.Key).ShouldBeSubsetOf(["accepted", "refused", "unknown"]);
        states["unknown"].Count().ShouldBeLessThanOrEqualTo(rounds * 8, "only what a killed host was just telling the server");
        states["refused"].ShouldAllBe(r => r.Contains("7@", StringComparison.Ordinal));
        await Office.ShouldVerifyAsync();
    }
}
