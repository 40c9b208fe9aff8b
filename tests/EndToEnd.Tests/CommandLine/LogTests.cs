using System.Diagnostics;
using System.Text;
using Association.EndToEnd.Tests.Hosts;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.CommandLine;

/// <summary>Whoever reads the log learns what happened, and of nobody.</summary>
public sealed class LogTests
{
    [Fact]
    public async Task a_day_of_work_leaves_no_name_address_or_account_in_the_log()
    {
        await using var office = await SharedInstallation.CreateAsync();
        var program = office.Program.With("Logging__LogLevel__Default", "Debug");
        var log = new StringBuilder();
        await VerbAsync("import-members", Path.Combine(Repository.Root, "samples", "mitglieder-klein.xlsx"), "--apply", "--as", "office");
        await VerbAsync("dues-run", "--year", "2027", "--submit", "--as", "office");
        await VerbAsync("dues-run", "--year", "2027", "--approve", "--as", "office2");
        await VerbAsync("dues-run", "--year", "2027", "--execute", "--as", "office");
        await VerbAsync("record-payment", "BR-2026-00001", "--amount", "10.00", "--date", "2026-11-20", "--as", "office");
        await VerbAsync("cancel-invoice", "BR-2026-00002", "--reason", "Falsch", "--as", "office");
        await office.ExecuteAsync("alter table billing.invoice_document rename to gone"); // a defect, so that something fails with data in hand
        await VerbAsync("cancel-invoice", "BR-2026-00003", "--reason", "Falsch", "--as", "office");
        await office.ExecuteAsync("alter table billing.gone rename to invoice_document");
        var names = await office.ReadAsync<string>("select name from membership.member union select name from membership.contact");
        await VisitAsync(
            program,
            log,
            [
                .. names.Select(n => $"/office/members?q={Uri.EscapeDataString(n)}"),
                $"/office/{Uri.EscapeDataString(names[0])}",
                "/office/invoices",
                "/office/open-items",
            ]
        );

        var said = log.ToString();
        said.ShouldContain("Association."); // something was logged at all
        var personal = await office.ReadAsync<string>(
            """
            select distinct word from (
              select name as word from membership.member union select email from membership.member union select iban from membership.member union select street
                from membership.member
              union select name from membership.contact union select email from membership.contact union select phone from membership.contact) x
             where length(word) >= 5
            """
        );
        personal.Count.ShouldBeGreaterThan(30);
        personal
            .Where(word =>
                said.Contains(word, StringComparison.OrdinalIgnoreCase) || said.Contains(Uri.EscapeDataString(word), StringComparison.OrdinalIgnoreCase)
            )
            .ShouldBeEmpty();

        async Task VerbAsync(params string[] verb) => log.AppendLine((await program.TryAsync(verb)).Error);
    }

    private static async Task VisitAsync(OfficeProgram program, StringBuilder log, IReadOnlyList<string> pages)
    {
        using var process = program.Start([]);
        process.ErrorDataReceived += (_, line) =>
        {
            lock (log)
                log.AppendLine(line.Data);
        };
        process.BeginErrorReadLine();
        var open = await process.StandardOutput.ReadLineAsync();
        using (var visit = await new HttpVisit(new Uri(open.ShouldNotBeNull()["The office is open: ".Length..])).SignInAsync("office"))
            foreach (var page in pages)
                await visit.GetAsync(page);
        using var interrupt = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync();
    }
}
