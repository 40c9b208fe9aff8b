using System.Text.Json;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.CommandLine;

/// <summary>Starting, stopping, and refusing to start.</summary>
public sealed class StartingTests(OfficeByCommandLine office) : IClassFixture<OfficeByCommandLine>, IDisposable
{
    private readonly DataFolder _data = new();

    private string Folder => _data.Path;

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task a_verb_on_an_empty_folder_finds_settings_and_regulation_but_no_members()
    {
        var program = OfficeProgram.In(Folder);
        (await program.RunProcessAsync("verify")).GetProperty("ok").GetBoolean().ShouldBeTrue();
        (await program.RunProcessAsync("profile")).GetProperty("iban").GetString().ShouldBe("DE02120300000000202051");
        (await program.RunAsync("dues-run", "--year", "2027", "--preview")).GetProperty("charged").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task the_rules_of_the_office_are_set_from_a_file_and_a_field_that_does_not_fit_is_named()
    {
        var set = await office.RunAsync(
            "settings",
            "set",
            await FileAsync("""{ "fourEyes": { "cancellationFrom": "250.00", "waiverFrom": null }, "bookkeeping": { "fiscalYearMonth": 7 } }""")
        );
        set.GetProperty("fourEyes").GetProperty("cancellationFrom").GetString().ShouldBe("250.00");

        var shown = await office.RunAsync("settings", "show");
        shown.GetRawText().ShouldBe(set.GetRawText());
        shown.GetProperty("fourEyes").GetProperty("waiverFrom").ValueKind.ShouldBe(JsonValueKind.Null);
        shown.GetProperty("bookkeeping").GetProperty("fiscalYearMonth").GetInt32().ShouldBe(7);
        shown.GetProperty("reminders").GetProperty("firstLevelAfterDays").GetInt32().ShouldBe(21);
        shown.GetProperty("bookkeeping").TryGetProperty("basis", out _).ShouldBeFalse("nothing reads it yet");
        shown.GetProperty("due").GetProperty("daysAfterIssue").GetInt32().ShouldBe(30, "what the file lacks stays");

        (await RefusedAsync("""{ "fourEyes": { "refund": "1.00" } }""")).ShouldContain("'fourEyes.refund', which is unknown. Known are fourEyes.waiverFrom");
        (await RefusedAsync("""{ "fourEyes": { "refundFrom": "viel" } }""")).ShouldContain("does not fit");
        (await RefusedAsync("""{ "bookkeeping": { "fiscalYearMonth": 13 } }""")).ShouldContain("'bookkeeping.fiscalYearMonth'");

        async Task<string> RefusedAsync(string json)
        {
            var (exit, output, error) = await office.TryAsync("settings", "set", await FileAsync(json));
            (exit, output).ShouldBe((1, ""));
            return error;
        }

        async Task<string> FileAsync(string json)
        {
            var file = Path.Combine(office.Files, "regeln.json");
            await File.WriteAllTextAsync(file, json);
            return file;
        }
    }

    [Theory]
    [InlineData("--as office", "dues-run", "--year", "2027", "--submit")]
    [InlineData("does not know 'nobody'", "dues-run", "--year", "2027", "--submit", "--as", "nobody")]
    [InlineData("--today: „15.01.2027“ ist kein Tag. So: 2027-02-11.", "verify", "--today", "15.01.2027")]
    [InlineData("needs the permission", "dues-run", "--year", "2027", "--submit", "--as", "admin")]
    public async Task a_call_that_is_refused_says_why_and_prints_no_json(string reason, params string[] verb)
    {
        var (exit, output, error) = await office.TryAsync(verb);
        exit.ShouldBe(1);
        output.ShouldBeEmpty();
        error.ShouldContain(reason);
        error.ShouldNotContain("   at "); // no stack
    }

    [Fact]
    public async Task two_offices_run_side_by_side_on_free_ports_and_an_interrupt_stops_everything()
    {
        var data = (string[])[Path.Combine(Folder, "one"), Path.Combine(Folder, "two")];
        var offices = await Task.WhenAll(data.Select(OfficeProcess.StartAsync));
        offices[0].Address.Port.ShouldNotBe(offices[1].Address.Port);
        foreach (var opened in offices)
            (await opened.IsReadyAsync()).ShouldBeTrue();

        foreach (var opened in offices)
            (await opened.InterruptAsync()).ShouldBe(0);
        foreach (var folder in data)
            File.Exists(Path.Combine(folder, "postgres", "cluster", "postmaster.pid")).ShouldBeFalse();
        foreach (var opened in offices)
            opened.Dispose();
    }

    [Fact]
    public async Task an_office_that_was_killed_starts_again_with_its_data()
    {
        using (var killed = await OfficeProcess.StartAsync(Folder)) { } // disposing kills
        using var again = await OfficeProcess.StartAsync(Folder);
        (await again.IsReadyAsync()).ShouldBeTrue();
        (await again.InterruptAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task a_server_of_ones_own_gets_no_known_password_and_its_first_administrator_by_a_verb()
    {
        await using var database = await TestDatabase.EmptyAsync();
        (await OfficeProgram.On(database.ConnectionString).TryProcessAsync("verify", "--as", "office")).Error.ShouldContain("set ASSOCIATION_PASSWORD");
        (await OnAsync(database, "verify", "--today", "2027-01-01")).Error.ShouldContain("--today is for demo installations only");
        (await OnAsync(database, "demo")).Exit.ShouldBe(1);

        var first = JsonDocument.Parse((await OnAsync(database, "create-administrator", "--json")).Output).RootElement;
        first.GetProperty("created").GetBoolean().ShouldBeTrue();
        first.GetProperty("path").GetString()!.ShouldStartWith("/invitation?code=");
        var second = JsonDocument.Parse((await OnAsync(database, "create-administrator", "--json")).Output).RootElement;
        second.GetProperty("created").GetBoolean().ShouldBeFalse();

        await using var source = Npgsql.NpgsqlDataSource.Create(database.ConnectionString);
        await using var people = source.CreateCommand("select count(*)::int from identity.person where password_hash is not null");
        (await people.ExecuteScalarAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task a_person_of_a_real_installation_acts_at_the_command_line_with_the_own_password()
    {
        const string password = "ein langer Satz aus Worten";
        await using var database = await TestDatabase.EmptyAsync();
        var invited = JsonDocument.Parse((await OnAsync(database, "create-administrator", "--login", "verwaltung", "--json")).Output).RootElement;
        var code = invited.GetProperty("path").GetString()!.Split("code=")[1];
        var accepted = await OnAsync(database, "invoke", "AcceptInvitation", JsonSerializer.Serialize(new { code = Uri.UnescapeDataString(code), password }));
        accepted.Exit.ShouldBe(0, accepted.Error);

        var wrong = await ActAsync("ein anderer Satz");
        (wrong.Exit, wrong.Output).ShouldBe((1, ""));
        wrong.Error.ShouldContain("Login or password is wrong");
        await using var source = Npgsql.NpgsqlDataSource.Create(database.ConnectionString);
        await using var failed = source.CreateCommand("select coalesce(sum(times), 0)::int from identity.wrong_proof");
        (await failed.ExecuteScalarAsync()).ShouldBe(1, "after five the command line waits, as an address at the page");

        var right = await ActAsync(password);
        right.Exit.ShouldBe(0, right.Error);
        JsonDocument.Parse(right.Output).RootElement.GetRawText().ShouldContain("verwaltung");
        (await failed.ExecuteScalarAsync()).ShouldBe(0);

        var required = await OnAsync(database, "second-factor", "require", "administrator", "board");
        required.Output.ShouldContain("administrator: needed, 1 of 1 without");
        var bare = await ActAsync(password);
        (bare.Exit, bare.Output).ShouldBe((1, ""));
        bare.Error.ShouldContain("Your role needs a second factor.");
        (await OnAsync(database, "second-factor", "release", "administrator")).Output.ShouldContain("board: needed, 0 of 0 without");
        (await ActAsync(password)).Exit.ShouldBe(0);
        (await OnAsync(database, "second-factor", "require", "everybody")).Exit.ShouldBe(1);

        Task<(int Exit, string Output, string Error)> ActAsync(string typed) =>
            OfficeProgram
                .On(database.ConnectionString)
                .With("ASSOCIATION_PASSWORD", typed)
                .TryProcessAsync("invoke", "ListPeople", "{}", "--as", "verwaltung", "--json");
    }

    private static Task<(int Exit, string Output, string Error)> OnAsync(TestDatabase database, params string[] verb) =>
        OfficeProgram.On(database.ConnectionString).TryAsync(verb);
}
