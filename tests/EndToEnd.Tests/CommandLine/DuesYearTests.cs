using System.Text.Json;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.CommandLine;

/// <summary>The path that the product exists for, as a script would walk it, on a database of its own.</summary>
public sealed class DuesYearTests : IAsyncLifetime
{
    private readonly OfficeByCommandLine _office = new();

    public Task InitializeAsync() => _office.InitializeAsync();

    public Task DisposeAsync() => _office.DisposeAsync();

    [SkippableFact]
    public async Task the_sample_list_becomes_invoices_to_the_cent_and_repeating_any_step_charges_nobody_twice()
    {
        var list = SharedSamples.Require("mitgliederliste-2026.xlsx");

        var preview = await _office.RunAsync("import-members", list);
        preview.GetProperty("rows").GetInt32().ShouldBe(187);
        preview.GetProperty("new").GetInt32().ShouldBe(186);
        var duplicate = preview.GetProperty("duplicates").EnumerateArray().ShouldHaveSingleItem();
        duplicate.GetProperty("row").GetInt32().ShouldBe(195);
        duplicate.GetProperty("of").ToString().ShouldBe("68");
        Wrong(preview, "N").ShouldBe([22, 39, 90]); // IBAN
        Wrong(preview, "S").ShouldBe([9, 119, 173]); // "(at)"

        await _office.RunAsync("import-members", list, "--apply", "--as", "office");
        (await _office.RunAsync("import-members", list, "--apply", "--as", "office")).GetProperty("new").GetInt32().ShouldBe(0);
        await VerifyAsync();

        var run = await StepAsync("--preview", "draft", null);
        run.GetProperty("missingInput").EnumerateArray().Select(m => m.GetProperty("member").GetString()).ShouldBe(["1128", "1139"], ignoreOrder: true);
        run.GetProperty("notLiable").GetInt32().ShouldBe(14);

        await StepAsync("--submit", "submitted", "office");
        await StepAsync("--submit", "submitted", "office");
        (await _office.TryAsync("dues-run", "--year", "2027", "--approve", "--as", "office")).Exit.ShouldNotBe(0, "who submitted must not approve");
        await StepAsync("--approve", "approved", "board");
        await StepAsync("--execute", "executed", "office");
        await StepAsync("--execute", "executed", "office");
        await StepAsync("--submit", "executed", "office");
        await VerifyAsync();

        var open = (await _office.RunAsync("open-items")).EnumerateArray().ToList();
        open.Count.ShouldBe(170);
        open.Sum(i => decimal.Parse(i.GetProperty("open").GetString()!, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(168_232.95m);
        open.ShouldAllBe(i => i.GetProperty("due").GetString() == "2027-02-15");

        await _office.RunAsync("invoices", "--out", Path.Combine(_office.Files, "pdf"));
        Directory.GetFiles(Path.Combine(_office.Files, "pdf"), "*.pdf").Length.ShouldBe(170);

        var waiting = (await _office.RunAsync("send-documents", "--preview", "--run", "2027-1", "--as", "office")).GetProperty("waiting");
        (waiting.GetProperty("documents").GetInt32() + waiting.GetProperty("unreached").GetInt32()).ShouldBe(170, "each invoice of the run is accounted for");
        waiting.GetProperty("byMail").GetInt32().ShouldBeGreaterThan(0);
        (await _office.TryAsync("send-documents", "--send", "--as", "office")).Exit.ShouldNotBe(0, "no mail can leave without a server");
        (await _office.RunAsync("send-documents", "--send", "--run", "2027-1", "--paper-only", "--as", "office")).GetProperty("batch").GetInt32().ShouldBe(1);
        var left = (await _office.RunAsync("send-documents", "--preview", "--as", "office")).GetProperty("waiting");
        left.GetProperty("onPaper").GetInt32().ShouldBe(0);
        left.GetProperty("byMail").GetInt32().ShouldBe(waiting.GetProperty("byMail").GetInt32());
    }

    [Fact]
    public async Task a_process_killed_in_the_middle_charges_nobody_twice_and_leaves_no_gap()
    {
        const int members = 1_200;
        using var folder = new DataFolder(); // with an embedded database, which survives the kills
        var program = OfficeProgram.In(folder.Path);
        var list = Path.Combine(_office.Files, "liste.csv");
        await File.WriteAllLinesAsync(
            list,
            Enumerable
                .Range(1, members)
                .Select(n => $"{n};Praxis Nummer {n};Arztpraxis;Hauptstraße {n};66111;Saarbrücken;01.01.2020")
                .Prepend("Mitgliedsnummer;Name;Kategorie;Straße;PLZ;Ort;Eintritt")
        );
        await program.RunAsync("import-members", list, "--apply", "--as", "office");
        await program.RunAsync("dues-run", "--year", "2027", "--submit", "--as", "office");
        await program.RunAsync("dues-run", "--year", "2027", "--approve", "--as", "office2");

        foreach (var milliseconds in (int[])[1_500, 2_000, 2_500, 3_000])
            await program.KillAfterAsync(TimeSpan.FromMilliseconds(milliseconds), "dues-run", "--year", "2027", "--execute", "--as", "office");
        var runs = await Task.WhenAll( // and at last two at once
            program.RunProcessAsync("dues-run", "--year", "2027", "--execute", "--as", "office"),
            program.RunProcessAsync("dues-run", "--year", "2027", "--execute", "--as", "office2")
        );

        foreach (var run in runs)
        {
            run.GetProperty("state").GetString().ShouldBe("executed");
            run.GetProperty("charged").GetInt32().ShouldBe(members);
        }
        (await program.RunAsync("verify")).GetProperty("ok").GetBoolean().ShouldBeTrue();
        (await program.RunAsync("open-items")).GetArrayLength().ShouldBe(members);
    }

    [Fact]
    public async Task a_list_of_which_nothing_can_be_imported_is_no_success()
    {
        var list = Path.Combine(_office.Files, "liste.csv");
        await File.WriteAllTextAsync(list, "Mitgliedsnummer;Name;Kategorie;Eintritt;Austritt\n1;Klinik;Krankenhaus;01.05.2020;01.04.2019\n");

        var (exit, output, _) = await _office.TryAsync("import-members", list, "--apply", "--as", "office");

        exit.ShouldBe(1);
        JsonDocument.Parse(output).RootElement.GetProperty("notImported").GetInt32().ShouldBe(1);
    }

    private async Task<JsonElement> StepAsync(string step, string state, string? user)
    {
        var run = await _office.RunAsync(["dues-run", "--year", "2027", step, .. user is null ? [] : (string[])["--as", user]]);
        run.GetProperty("state").GetString().ShouldBe(state);
        run.GetProperty("charged").GetInt32().ShouldBe(170);
        run.GetProperty("total").GetString().ShouldBe("168232.95");
        return run;
    }

    private async Task VerifyAsync()
    {
        var answer = await _office.RunAsync("verify");
        answer.GetProperty("ok").GetBoolean().ShouldBeTrue(answer.ToString());
    }

    private static int[] Wrong(JsonElement preview, string column) =>
        [
            .. preview
                .GetProperty("errors")
                .EnumerateArray()
                .Where(e => e.GetProperty("column").GetString() == column)
                .Select(e => e.GetProperty("row").GetInt32()),
        ];
}
