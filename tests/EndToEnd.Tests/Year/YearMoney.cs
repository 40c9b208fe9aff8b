using System.Globalization;
using static Association.EndToEnd.Tests.Year.YearPlan;

namespace Association.EndToEnd.Tests.Year;

/// <summary>Dues as office, board and members treat them.</summary>
internal sealed class YearMoney(YearOffice office)
{
    /// <summary>What happens on a day, after the calendar's morning.</summary>
    public async Task LiveAsync()
    {
        var day = office.Today;
        await BillAsync(day);
        await PayAsync(day);
        if (day == StoppedFrom)
            await StopAsync();
        await RemindAsync();
        if (day == CasesDecided)
            await DecideAsync();
        if (day.DayOfWeek == DayOfWeek.Monday)
            await PrintAsync();
    }

    // Handed to the board on a Friday, agreed to on the Tuesday, executed and sent on the Wednesday.
    private async Task BillAsync(DateOnly day)
    {
        foreach (var billed in new[] { Billed, BilledLate })
        {
            if (day == billed.AddDays(-5))
                await office.RunAsync("dues-run", "--year", "2027", "--submit", "--as", "office");
            if (day == billed.AddDays(-1))
                await office.RunAsync("dues-run", "--year", "2027", "--approve", "--as", "board");
            if (day == billed)
                await office.AmidKillsAsync(async () =>
                {
                    await office.RunAsync("dues-run", "--year", "2027", "--execute", "--as", "office");
                    await office.RunAsync("send-documents", "--send", "--as", "office");
                });
            if (day == billed)
                await PostPaperAsync();
        }
    }

    private async Task PostPaperAsync()
    {
        foreach (
            var number in await office.ReadAsync<int>("select number from billing.print_batch where sent_at is null and dissolved_at is null order by number")
        )
        {
            await office.RunAsync("print-batch", "mark", $"{number}", "printed", "--as", "office");
            await office.RunAsync("print-batch", "mark", $"{number}", "sent", "--as", "office");
        }
    }

    // By the last digit: in time, after a reminder, in part, after the fee, never, by mandate.
    private async Task PayAsync(DateOnly day)
    {
        var (digit, amount) = day switch
        {
            { Year: 2027, Month: 2, Day: 10 } => (1, "120.00"),
            { Year: 2027, Month: 2, Day: 20 } => (2, "50.00"),
            { Year: 2027, Month: 3, Day: 5 } => (3, "120.00"),
            { Year: 2027, Month: 3, Day: 27 } => (4, "125.00"),
            { Year: 2027, Month: 4, Day: 30 } => (8, "135.00"),
            { Year: 2027, Month: 2, Day: 12 } => (9, "120.00"),
            _ => (-1, ""),
        };
        foreach (var n in Of(digit))
            await PayAsync(n, n is 41 or 71 ? null : amount); // half the dues, and those of another category
        // Hospitals pay what the invoice says: those of the first run in time, the others when they are reminded.
        if (day == new DateOnly(2027, 2, 12) || day == new DateOnly(2027, 5, 5))
            foreach (var n in Of(0).Where(n => BilledOn(n) == (day.Month == 2 ? Billed : BilledLate)))
                await PayAsync(n, null);
    }

    private async Task PayAsync(int n, string? amount)
    {
        var (number, open) = (
            await office.ReadAsync<(string, decimal)>(
                $"""
                select r.number, r.open from billing.open_receivable r join billing.account a on a.id = r.account_id
                 where a.member_number = '{n}' and r.kind <> 'fee'
                """
            )
        ).Single();
        await office.InvokeAsync(
            "RecordPayment",
            new
            {
                number,
                amount = amount ?? open.ToString(CultureInfo.InvariantCulture),
                receivedOn = office.Today,
            },
            "office"
        );
    }

    // The calendar has prepared a run: the board agrees, the office sends and posts, on the same day.
    private async Task RemindAsync()
    {
        if (await office.ReadAsync<int>("select number from billing.dunning_run where state = 'submitted'") is [])
            return;
        await office.RunAsync("reminders", "--approve", "--as", "board");
        await office.AmidKillsAsync(() => office.RunAsync("reminders", "--send", "--as", "office"));
        await PostPaperAsync();
    }

    private async Task DecideAsync()
    {
        foreach (
            var number in await office.ReadAsync<string>(
                "select r.number from billing.open_receivable r join billing.reminded m on m.item = r.id where m.level = 3 and r.kind <> 'fee'"
            )
        )
            await office.InvokeAsync(
                "DecideCase",
                new
                {
                    number,
                    decision = "Court",
                    waitUntil = (string?)null,
                    resolvedBy = "Vorstand",
                    resolvedOn = CasesDecided,
                    resolution = "gerichtlich",
                },
                "board"
            );
    }

    // Who disputes the invoice is left alone until it is cleared up.
    private async Task StopAsync()
    {
        foreach (var n in Of(6))
            await office.InvokeAsync(
                "StopReminders",
                new
                {
                    member = $"{n}",
                    number = (string?)null,
                    reason = "Dispute",
                    note = "",
                    until = StoppedUntil,
                },
                "office"
            );
    }

    // What lies on the desk is printed and posted on Mondays.
    private async Task PrintAsync()
    {
        if ((await office.RunAsync("send-documents", "--preview", "--as", "office")).GetProperty("waiting").GetProperty("onPaper").GetInt32() > 0)
            await office.RunAsync("send-documents", "--send", "--paper-only", "--as", "office");
        await PostPaperAsync();
    }
}
