using System.Globalization;
using System.Text.Json;
using Association.EndToEnd.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.CommandLine;

/// <summary><c>correct-invoice</c>, <c>waive-invoice</c>, <c>write-off-invoice</c> and <c>readdress-invoice</c>, also in processes that are killed.</summary>
public sealed class CorrectionTests : IAsyncLifetime
{
    private const int Members = 5;
    private SharedInstallation? _office;

    private SharedInstallation Office => _office!;

    private OfficeProgram Program => Office.Program;

    public async Task InitializeAsync()
    {
        _office = await SharedInstallation.CreateAsync();
        await Office.ImportMembersAsync(Members);
        await Office.ApproveRunAsync();
        await Program.RunAsync("dues-run", "--year", "2027", "--execute", "--as", "office");
        // What was wrong: they should have been filed as insurers from the start.
        await Office.ExecuteAsync("update membership.member set category = 'insurer'");
    }

    public async Task DisposeAsync() => await Office.DisposeAsync();

    [Fact]
    public async Task processes_killed_between_the_steps_cancel_and_issue_once_and_the_money_is_set_off_once()
    {
        var numbers = (await Office.ReadAsync<string>("select number from billing.invoice order by number")).ToList();
        foreach (var number in numbers)
            await Program.RunAsync("record-payment", number, "--amount", "100.00", "--date", "2026-01-02", "--as", "office");

        for (var i = 0; i < numbers.Count; i++)
        {
            // wherever it is: before the charge is replaced, between the two transactions, or after both
            await KilledAsync(
                700 + 600 * i,
                ["correct-invoice", numbers[i], "--reason", "Falsche Kategorie", "--as", i % 2 == 0 ? "office" : "office2", "--json"]
            );
        }
        // Whoever tries again, two at once, finds what there is and ends it.
        foreach (var number in numbers)
        foreach (var done in await Task.WhenAll(TryAsync(number, "office"), TryAsync(number, "office2")))
            (done is null || done.Value.GetProperty("state").GetString() == "done").ShouldBeTrue(number);

        (
            await Office.ReadAsync<(long, long)>("select count(*) filter (where series = 'BR'), count(*) filter (where series = 'ST') from billing.invoice")
        ).ShouldBe([(2 * Members, Members)]);
        (await Office.ReadAsync<(long, decimal)>("select count(*), sum(amount) from membership.charge where voided_at is null")).ShouldBe([
            (Members, Members * 2775m),
        ]);
        (await Office.ReadAsync<decimal>("select sum(open) from billing.open_item")).ShouldBe([Members * 2675m]);
        (await Office.ReadAsync<decimal>("select coalesce(sum(balance), 0) from billing.credit_balance")).ShouldBe([0m]);
        (await Office.ReadAsync<string>("select state from membership.dues_correction")).ShouldAllBe(state => state == "done");
        await VerifyAsync();
    }

    [Fact]
    public async Task an_invoice_is_waived_or_written_off_and_taken_back_and_told_to_another_recipient()
    {
        string[] decided = ["--resolved-by", "Vorstand", "--resolved-on", "2026-01-02", "--resolution", "Protokoll, TOP 3"];
        (await Program.RunAsync(["waive-invoice", await NumberAsync(0), .. decided, "--as", "office"])).GetProperty("state").GetString().ShouldBe("requested");
        (await Program.TryAsync("waive-invoice", await NumberAsync(0), "--approve", "--as", "office")).Exit.ShouldBe(1);
        (await Program.RunAsync("waive-invoice", await NumberAsync(0), "--approve", "--as", "board")).GetProperty("state").GetString().ShouldBe("posted");
        await Program.RunAsync(["write-off-invoice", await NumberAsync(1), .. decided, "--as", "office"]);
        await Program.RunAsync("write-off-invoice", await NumberAsync(1), "--approve", "--as", "office2");
        (await Program.RunAsync("write-off-invoice", await NumberAsync(1), "--undo", "Adresse gefunden", "--as", "office"))
            .GetProperty("state")
            .GetString()
            .ShouldBe("reversed");
        (
            await Program.RunAsync(
                "readdress-invoice",
                await NumberAsync(2),
                "--to",
                "Stadtkasse Homburg",
                "Am Forum 5",
                "--postal-code",
                "66424",
                "--town",
                "Homburg",
                "--purchase-order",
                "4500012345",
                "--reason",
                "Träger zahlt",
                "--as",
                "office"
            )
        )
            .GetProperty("edition")
            .GetInt32()
            .ShouldBe(2);

        (await Program.RunAsync("open-items")).GetArrayLength().ShouldBe(Members - 1);
        await VerifyAsync();
    }

    [Fact]
    public async Task processes_killed_while_they_waive_agree_take_back_and_cancel_leave_books_that_hold_and_every_step_ends_when_it_is_tried_again()
    {
        string[] decided = ["--resolved-by", "Vorstand", "--resolved-on", "2026-01-02", "--resolution", "Protokoll, TOP 3"];
        for (var i = 0; i < Members; i++)
        {
            var number = await NumberAsync(i);
            string[][] steps =
            [
                ["waive-invoice", number, "--amount", "20.00", .. decided, "--as", "office"],
                ["waive-invoice", number, "--approve", "--as", "board"],
            ];
            foreach (var step in steps)
            {
                await KilledAsync(600 + 300 * i, step);
                await Program.RunAsync(step);
            }
            (
                await Office.ReadAsync<decimal>(
                    $"select open from billing.open_item o join billing.invoice i on i.id = o.invoice_id where i.number = '{number}'"
                )
            ).ShouldBe([100m]);
        }
        await Program.RunAsync("waive-invoice", await NumberAsync(0), "--undo", "Doch bezahlt", "--as", "office");
        var cancelled = await NumberAsync(0);
        await KilledAsync(900, ["cancel-invoice", cancelled, "--reason", "Doppelt", "--as", "office"]);
        await Program.RunAsync("cancel-invoice", cancelled, "--reason", "Doppelt", "--as", "office2");

        (
            await Office.ReadAsync<(long, decimal)>(
                "select count(*), sum(debit) from billing.posting p join billing.posting_line l on l.posting_id = p.id and l.ledger_account = 'waived' where p.kind = 'waiver'"
            )
        ).ShouldBe([(Members, Members * 20m)]);
        (
            await Office.ReadAsync<(long, long)>("select count(*) filter (where series = 'BR'), count(*) filter (where series = 'ST') from billing.invoice")
        ).ShouldBe([(Members, 1)]);
        (await Office.ReadAsync<long>("select count(*) from membership.charge where voided_at is not null")).ShouldBe([1]);
        await VerifyAsync();
    }

    // Started and killed wherever it is then.
    private Task KilledAsync(int milliseconds, string[] arguments) => Program.KillAfterAsync(TimeSpan.FromMilliseconds(milliseconds), arguments);

    private async Task<string> NumberAsync(int index) =>
        (
            await Office.ReadAsync<string>(
                string.Create(CultureInfo.InvariantCulture, $"select number from billing.invoice order by number offset {index} limit 1")
            )
        ).Single();

    // Of two at once one may be refused because the other is just at it.
    private async Task<JsonElement?> TryAsync(string number, string who)
    {
        var (exit, output, error) = await Program.TryAsync("correct-invoice", number, "--reason", "Falsche Kategorie", "--as", who, "--json");
        if (exit != 0)
            (output + error).ShouldContain("schon neu berechnet");
        return exit == 0 ? JsonDocument.Parse(output).RootElement : null;
    }

    private async Task VerifyAsync()
    {
        var answer = await Program.RunAsync("verify");
        answer.GetProperty("ok").GetBoolean().ShouldBeTrue(answer.ToString());
    }
}
