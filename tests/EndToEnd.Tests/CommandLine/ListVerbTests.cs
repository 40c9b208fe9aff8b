using System.Text.Json;
using Association.EndToEnd.Tests.Hosts;
using Association.Platform.Documents.Excel;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.CommandLine;

/// <summary>Lists and print batches as a script takes them.</summary>
public sealed class ListVerbTests : IAsyncLifetime
{
    private SharedInstallation? _installation;

    private SharedInstallation Office => _installation!;

    private OfficeProgram Program => Office.Program;

    public async Task InitializeAsync()
    {
        _installation = await SharedInstallation.CreateAsync();
        await Office.ImportMembersAsync(3);
    }

    public async Task DisposeAsync() => await Office.DisposeAsync();

    [Fact]
    public async Task the_member_list_is_exported_by_filters_or_by_a_view()
    {
        var file = Path.Combine(Office.Files, "mitglieder.xlsx");
        await Office.ExecuteAsync(
            """
            insert into platform.saved_view (id, list, name, query, owner_id, owner_name, shared)
            select gen_random_uuid(), 'membership.members', 'Nach Nummer', 'sort=-number&cols=number,name', gen_random_uuid(), 'Jemand', true
            """
        );

        (await Program.RunAsync("members", "export", "--filter", "q=Nummer 2", "--out", file)).GetProperty("members").GetInt32().ShouldBe(1);
        Cells(file)[1].ShouldContain("Praxis Nummer 2");

        (await Program.RunAsync("members", "export", "--view", "nach nummer", "--columns", "number,town", "--out", file, "--as", "office"))
            .GetProperty("members")
            .GetInt32()
            .ShouldBe(3);
        Cells(file)
            .ShouldBe([
                ["Mitglied", "Nr.", "Ort"],
                ["Praxis Nummer 3", "3", "Saarbrücken"],
                ["Praxis Nummer 2", "2", "Saarbrücken"],
                ["Praxis Nummer 1", "1", "Saarbrücken"],
            ]);

        (await Program.TryAsync("members", "export", "--filter", "stauts=Active", "--out", Path.Combine(Office.Files, "alle.xlsx"))).ShouldSatisfyAllConditions(
            r => r.Exit.ShouldBe(1),
            r => r.Error.ShouldContain("Den Filter „stauts=Active“ versteht die Mitgliederliste nicht.")
        );
        File.Exists(Path.Combine(Office.Files, "alle.xlsx")).ShouldBeFalse("a filter that means nothing must not export everybody");
    }

    [Fact]
    public async Task a_file_that_is_no_list_has_its_fault_said_once()
    {
        var (_, output, _) = await Program.TryAsync("import-members", Path.Combine(Repository.Root, "README.md"));

        output
            .Split('\n')
            .Where(line => line.Contains("In dieser Zeile fehlt die Kategorie", StringComparison.Ordinal))
            .ShouldHaveSingleItem()
            .ShouldContain("weitere");
    }

    [Fact]
    public async Task a_cleaned_cell_is_told_in_text_and_json()
    {
        var (members, balances) = (Path.Combine(Office.Files, "mitglieder.csv"), Path.Combine(Office.Files, "salden.csv"));
        await File.WriteAllTextAsync(members, "Nr;Name;Kategorie;Straße;PLZ;Ort\n9;Praxis\u200b Neun;Arztpraxis;Weg 9;66111;Saarbrücken\n");
        await File.WriteAllTextAsync(balances, "Nr;Name;Offener Betrag;Beleg;Fällig am\n1;Praxis Nummer 1;10;RE\u202e7;15.02.2025\n");

        Notices(await Program.RunAsync("import-members", members))
            .ShouldBe(["Hier standen Zeichen, die man nicht sieht: „Praxis[U+200B] Neun“. Eingespielt wird „Praxis Neun“."]);
        Notices(await Program.RunAsync("billing", "opening-balances", balances, "--control-sum", "10", "--as", "office"))
            .ShouldBe(["Hier standen Zeichen, die man nicht sieht: „RE[U+202E]7“. Übernommen wird „RE7“."]);
        (await Program.TryAsync("import-members", members)).Output.ShouldContain("B2: Hier standen Zeichen");
        (await Program.TryAsync("billing", "opening-balances", balances, "--control-sum", "10", "--as", "office")).Output.ShouldContain(
            "D2: Hier standen Zeichen"
        );

        static IEnumerable<string> Notices(JsonElement answer) =>
            answer.GetProperty("notices").EnumerateArray().Select(n => n.GetProperty("reason").GetString()!);
    }

    [Theory]
    [InlineData("import-members", "FILE")]
    [InlineData("import-members", "FILE", "--mapping", "FILE")]
    [InlineData("billing", "opening-balances", "FILE", "--control-sum", "1")]
    [InlineData("settings", "set", "FILE")]
    [InlineData("profile", "--set", "FILE")]
    [InlineData("invoke", "ListMembers", "FILE")]
    public async Task a_file_that_cannot_be_read_is_said_in_a_sentence(params string[] verb)
    {
        var missing = await Program.TryAsync([.. verb.Select(word => word == "FILE" ? Path.Combine(Office.Files, "fehlt.json") : word)]);
        (missing.Exit, missing.Error.Trim()).ShouldBe((1, "Die Datei „fehlt.json“ gibt es nicht."));

        var folder = await Program.TryAsync([.. verb.Select(word => word == "FILE" ? Office.Files : word)]);
        (folder.Exit, folder.Error.Trim()).ShouldBe(
            (1, $"Die Datei „{Path.GetFileName(Office.Files)}“ lässt sich nicht lesen: Sie ist ein Ordner, oder das Recht dazu fehlt.")
        );
    }

    [Theory]
    [InlineData("members", "export", "--out", "FILE")]
    [InlineData("board-report", "--out", "FILE")]
    [InlineData("account-statement", "1", "--out", "FILE")]
    public async Task a_file_that_cannot_be_written_is_said_in_a_sentence(params string[] verb)
    {
        var file = Path.Combine(Office.Files, "kein-ordner", "datei.bin");
        var refused = await Program.TryAsync([.. verb.Select(word => word == "FILE" ? file : word)]);
        (refused.Exit, refused.Error.Trim()).ShouldBe((1, $"{file} lässt sich nicht schreiben: Den Ordner gibt es nicht."));
    }

    [Fact]
    public async Task what_is_no_number_is_refused_in_the_language_of_verbs()
    {
        var (exit, _, error) = await Program.TryAsync("reverse-payment", "abc", "--reason", "falsch", "--as", "office");

        exit.ShouldBe(1);
        error.ShouldContain("ENTRY: „abc“ ist keine ganze Zahl.");
        error.ShouldNotContain("Int64");
    }

    [Fact]
    public async Task a_batch_is_made_written_and_marked()
    {
        await Office.ApproveRunAsync();
        await Program.RunAsync("dues-run", "--year", "2027", "--execute", "--as", "office");
        var file = Path.Combine(Office.Files, "stapel.pdf");

        var made = await Program.RunAsync("print-batch", "make", "--out", file, "--as", "office");
        (made.GetProperty("number").GetInt32(), made.GetProperty("state").GetString(), made.GetProperty("documents").GetInt32()).ShouldBe((1, "ready", 3));
        (await File.ReadAllBytesAsync(file)).AsSpan(0, 5).SequenceEqual("%PDF-"u8).ShouldBeTrue();

        (await Program.RunAsync("print-batch", "mark", "1", "printed", "--as", "office")).GetProperty("state").GetString().ShouldBe("printed");
        (await Program.TryAsync("print-batch", "mark", "1", "dissolved", "--as", "office")).ShouldSatisfyAllConditions(
            r => r.Exit.ShouldBe(1),
            r => r.Error.ShouldContain("gedruckt")
        );
        (await Program.RunAsync("print-batch", "list", "--as", "office"))
            .EnumerateArray()
            .ShouldHaveSingleItem()
            .GetProperty("state")
            .GetString()
            .ShouldBe("printed");
    }

    private static IReadOnlyList<IReadOnlyList<string>> Cells(string file) =>
        [.. SpreadsheetReader.Read(File.ReadAllBytes(file), "m.xlsx").Sheets[0].Rows.Select(r => (IReadOnlyList<string>)[.. r.Cells.Select(c => c.Text)])];
}
