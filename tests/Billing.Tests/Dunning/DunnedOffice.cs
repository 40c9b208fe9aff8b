using Association.Billing.Dunning.Finding;
using Association.Billing.Dunning.Runs;
using Association.Billing.Ledger.Payments;
using Association.Billing.Printing.Batches;
using Association.Billing.Receivables;
using Association.Billing.Tests.Office;
using Association.Membership.Contracts;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Settings;
using Association.Platform.Data.Users;
using Association.Platform.Web.Modules;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace Association.Billing.Tests.Dunning;

/// <summary>An office that reminds by the sample regulation: 14, 21 and 21 days, fees of 0, 5 and 10 euro. Invoices are due on 15.02.2027.</summary>
public abstract class DunnedOffice(bool working = true) : MailedOffice(working)
{
    protected static readonly DateOnly Due = new(2027, 2, 15);

    internal async Task SetRulesAsync(Func<ReminderRules, ReminderRules>? change = null, SettlementRules? settlement = null)
    {
        await using var scope = Office.Office.Services.CreateAsyncScope();
        var rules = scope.ServiceProvider.GetRequiredService<IOfficeRules>();
        var current = await rules.CurrentAsync(CancellationToken.None);
        var reminders = new ReminderRules(FirstLevelFee: new Money(5), SecondLevelFee: new Money(10));
        await using var connection = await Office.Office.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        (
            await rules.SaveAsync(
                connection,
                current with
                {
                    Reminders = change?.Invoke(reminders) ?? reminders,
                    Settlement = settlement ?? current.Settlement,
                },
                CancellationToken.None
            )
        ).ShouldNotBeNull();
        await transaction.CommitAsync();
    }

    /// <summary>Invoices of one amount for each; their numbers count on.</summary>
    internal Task BillAsync(decimal amount, params MemberCard[] members) => Office.IssueAsync([.. members.Select(m => PlannedMembership.Charge(m, amount))]);

    internal void Day(DateOnly day) => Office.Office.Clock.SetToday(day);

    internal void Day(int month, int day) => Day(new DateOnly(2027, month, day));

    internal Task<ReminderPreview> PreviewAsync() => Office.As().Bus.QueryAsync(new PreviewReminders());

    /// <summary>One person submits, another agrees, the first one sends, and what goes on paper is posted.</summary>
    internal async Task<DunningRunView> RemindAsync()
    {
        var submitted = await Office.InvokeAsync<SubmittedReminders>(new SubmitReminders());
        await Office.As(Roles.Board).Bus.InvokeAsync(new ApproveReminders(submitted.Number));
        await InvokeAsync(new SendReminders(submitted.Number));
        await PostPaperAsync();
        return await RunAsync(submitted.Number);
    }

    internal async Task<DunningRunView> RunAsync(int number) => (await Office.As().Bus.QueryAsync(new ReadDunningRun(number))).ShouldNotBeNull();

    internal async Task PostPaperAsync()
    {
        foreach (
            var batch in (await Office.As().Bus.QueryAsync(new ListPrintBatches())).Where(b => b.State is PrintBatchState.Ready or PrintBatchState.Printed)
        )
        {
            if (batch.State == PrintBatchState.Ready)
                await InvokeAsync(new MarkPrintBatch(batch.Number, PrintStep.Printed));
            await InvokeAsync(new MarkPrintBatch(batch.Number, PrintStep.Sent));
        }
    }

    internal Task PayAsync(string number, decimal amount, decimal credit = 0) =>
        Office.InvokeAsync<RecordedPayment>(new RecordPayment(number, new Money(amount), TimeProviderToday(), CreditUpTo: new Money(credit)));

    internal async Task<IReadOnlyList<(string Number, DunningLevel Level)>> ReachedAsync() =>
        [
            .. (
                await ListAsync<(string, int)>(
                    "select r.number, m.level from billing.open_receivable r join billing.reminded m on m.item = r.id order by r.year, r.sequence"
                )
            ).Select(r => (r.Item1, (DunningLevel)r.Item2)),
        ];

    internal async Task<IReadOnlyList<string>> TasksAsync(string who = Roles.Office)
    {
        var scope = Office.As(who);
        var actor = scope.Services.GetRequiredService<CurrentUser>().Actor;
        var tasks = scope.Services.GetServices<ITodayTask>().Single(t => t.GetType().Name == "DunningTasks");
        return [.. (await tasks.FindAsync(actor, CancellationToken.None)).Select(t => t.Text)];
    }

    /// <summary>Two hosts work, one is killed, then the other, each at any moment.</summary>
    internal async Task KillTwoAsync(Random random, int patience, DateOnly? day = null)
    {
        using var host = StartHost(day);
        using var beside = StartHost(day);
        (await host.StandardOutput.ReadLineAsync()).ShouldBe(Program.Working);
        await Task.Delay(random.Next(patience));
        host.Kill();
        await Task.Delay(random.Next(patience));
        beside.Kill();
        await Task.WhenAll(host.WaitForExitAsync(), beside.WaitForExitAsync());
    }

    private DateOnly TimeProviderToday() => Office.Office.Clock.Today();
}
