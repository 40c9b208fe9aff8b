using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Association.EndToEnd.Tests.CommandLine;
using Association.EndToEnd.Tests.Hosts;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Setup;

/// <summary>What <c>setup</c> makes of an empty folder, in real processes.</summary>
public sealed class SetupTests(OwnInstallation own) : IClassFixture<OwnInstallation>
{
    [Fact]
    public async Task an_empty_folder_becomes_the_association_with_its_one_administrator()
    {
        own.Said.Exit.ShouldBe(0, own.Said.Error);
        var said = JsonDocument.Parse(own.Said.Output).RootElement;
        (said.GetProperty("association").GetString(), said.GetProperty("administrator").GetString(), said.GetProperty("kind").GetString()).ShouldBe(
            ("Ärztenetz Saarpfalz e. V.", OwnInstallation.Login, "own")
        );
        own.Said.Output.ShouldNotContain(OwnInstallation.Password);

        (await own.ReadAsync<string>("select kind || ' ' || demo_data || ' ' || (initialised_at is not null) from platform.installation")).ShouldBe([
            "own none true",
        ]);
        (await own.ReadAsync<string>("select user_name || ', ' || display_name || ', ' || role || ', ' || email from identity.person")).ShouldBe([
            "k.weber, Karin Weber, administrator, k.weber@aerztenetz.example",
        ]);
        var profile = await own.Program.RunAsync("profile");
        profile.GetProperty("shortName").GetString().ShouldBe("Ärztenetz Saarpfalz");
        profile.GetProperty("iban").GetString().ShouldBe("DE02120300000000202051");
        profile.GetProperty("creditorId").GetString().ShouldBe("DE98ZZZ09999999999");
        profile.GetProperty("town").GetString().ShouldBe("St. Ingbert");
        (await own.ReadAsync<long>("select count(*) from platform.association_profile p join platform.association_logo l on l.id = p.logo_id")).ShouldBe([1L]);
        (await own.ReadAsync<long>("select count(*) from membership.member")).ShouldBe([0L], "nobody is invented");
        (await own.Program.RunAsync("verify")).GetProperty("ok").GetBoolean().ShouldBeTrue();
        (await own.Program.RunAsync("settings", "show"))
            .GetProperty("bookkeeping")
            .GetProperty("fiscalYearMonth")
            .GetInt32()
            .ShouldBe(1, "fiscal settings are the defaults");
    }

    [Fact]
    public async Task an_own_installation_asks_everybody_for_the_password_and_knows_nobody_of_the_demo()
    {
        var bare = await own.Program.TryProcessAsync("invoke", "ListPeople", "{}", "--as", OwnInstallation.Login, "--json");
        (bare.Exit, bare.Output).ShouldBe((1, ""));
        bare.Error.ShouldContain("set ASSOCIATION_PASSWORD");
        (await own.Program.TryAsync("verify", "--today", "2027-01-01")).Error.ShouldContain("--today is for demo installations only");
        (await own.Program.TryAsync("demo")).Error.ShouldContain("keeps real books");

        (
            await OfficeProgram
                .In(own.Data)
                .With("ASSOCIATION_PASSWORD", OwnInstallation.Password)
                .RunProcessAsync("invoke", "ListPeople", "{}", "--as", OwnInstallation.Login)
        )
            .GetRawText()
            .ShouldContain("Karin Weber");
        foreach (var login in (string[])["office", "office2", "board", "admin", OwnInstallation.Login])
            (await OfficeProgram.In(own.Data).With("ASSOCIATION_PASSWORD", Visit.Password).TryProcessAsync("verify", "--as", login)).Error.ShouldContain(
                "Login or password is wrong"
            );
    }

    [Fact]
    public async Task an_own_office_may_be_reached_from_elsewhere_and_nowhere_says_demo()
    {
        using var office = await OfficeProcess.StartAsync(OfficeProgram.In(own.Data).With("ASPNETCORE_URLS", "http://0.0.0.0:0"));
        var address = new UriBuilder(office.Address) { Host = "127.0.0.1" }.Uri;
        using var visit = new HttpVisit(address);
        foreach (var login in (string[])["office", "office2", "board", "admin"])
            (await visit.SubmitAsync("/sign-in", "sign-in", ("Login", login), ("Password", Visit.Password))).StatusCode.ShouldBe(
                HttpStatusCode.OK,
                "stays at the sign-in"
            );
        (await visit.GetAsync("/setup")).StatusCode.ShouldBe(HttpStatusCode.NotFound, "it is set up");

        await visit.SignInAsync(OwnInstallation.Login, OwnInstallation.Password);
        foreach (var path in (string[])["/", "/setup", "/office", "/office/people", "/office/settings"])
        {
            var page = await visit.ReadAsync(path);
            page.QuerySelector(".demo-strip").ShouldBeNull(path);
            page.Body!.TextContent.ShouldNotContain("Demo", Case.Sensitive, path);
        }
    }

    [Fact]
    public async Task an_own_folder_is_not_set_up_again_and_nothing_of_it_changes()
    {
        var before = await own.ReadAsync<string>("select md5(string_agg(p::text, '')) from identity.person p");

        var (exit, output, error) = await own.Program.TypeAsync("ein ganz anderes Passwort\n", [.. OwnInstallation.Words]);

        (exit, output).ShouldBe((1, ""));
        error.ShouldContain("ist schon „Ärztenetz Saarpfalz e. V.“ eingerichtet; daran wurde nichts geändert. Öffnen: ./run.sh --data " + own.Data);
        (await own.ReadAsync<string>("select md5(string_agg(p::text, '')) from identity.person p")).ShouldBe(before);
    }

    [Fact]
    public async Task an_empty_database_of_a_server_is_set_up_alike_and_once()
    {
        await using var server = SharedInstallation.On(await TestDatabase.EmptyAsync());

        var (exit, output, error) = await server.Program.TypeAsync(OwnInstallation.Password, [.. OwnInstallation.Words]);

        exit.ShouldBe(0, error);
        output.ShouldContain("„Ärztenetz Saarpfalz e. V.“ ist eingerichtet, auf dem Server.");
        (await server.ReadAsync<string>("select user_name from identity.person")).ShouldBe([OwnInstallation.Login]);
        (await server.Program.TypeAsync(OwnInstallation.Password, [.. OwnInstallation.Words])).Error.ShouldContain("./run.sh create-administrator");
    }
}

/// <summary>Folders in which <c>setup</c> begins, and may be killed.</summary>
public sealed class SetupFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("association-setup-").FullName;

    private string Data => Path.Combine(_folder, "verein");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task a_folder_with_something_else_in_it_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Path.Combine(Data, "protokoll.txt"), "Sitzung vom Montag");
        await RefusedAsync(Data, "liegt schon etwas anderes. Ihr Verein braucht einen leeren oder neuen Ordner, zum Beispiel: ./run.sh setup --data verein");
        Directory.GetFileSystemEntries(Data).ShouldHaveSingleItem();
        await RefusedAsync(Path.Combine(Data, "protokoll.txt"), "ist eine Datei, kein Ordner");

        async Task RefusedAsync(string data, string reason)
        {
            var (exit, output, error) = await OfficeProgram.In(data).TypeAsync(OwnInstallation.Password, [.. OwnInstallation.Words]);
            (exit, output).ShouldBe((1, ""));
            error.ShouldContain(reason);
            error.ShouldNotContain("   at ");
        }
    }

    [Fact]
    public async Task a_folder_with_a_demo_is_refused_and_stays_a_demo()
    {
        await OfficeProgram.In(Data).RunAsync("verify"); // any verb on an empty folder makes a demo

        var (exit, output, error) = await OfficeProgram.In(Data).TypeAsync(OwnInstallation.Password, [.. OwnInstallation.Words]);

        (exit, output).ShouldBe((1, ""));
        error.ShouldContain("liegt die Vorführung; sie bleibt, wie sie ist. Ihr Verein bekommt einen eigenen Ordner");
        (await OfficeProgram.In(Data).RunAsync("invoke", "ListPeople", "{}", "--as", "admin")).GetRawText().ShouldNotContain(OwnInstallation.Login);
    }

    [Fact]
    public async Task what_is_wrong_is_named_by_its_option_and_no_folder_is_made()
    {
        var (exit, output, error) = await OfficeProgram
            .In(Data)
            .TypeAsync(
                "kurz\n",
                "setup",
                "--name",
                "",
                "--street",
                "Weg\u00071",
                "--postal-code",
                "66",
                "--town",
                new string('x', 10_000),
                "--bank",
                "Bank",
                "--iban",
                "DE02120300000000202052",
                "--creditor-id",
                "DE99ZZZ09999999999",
                "--logo",
                "/no/such.png",
                "--admin-name",
                "K",
                "--admin-login",
                "käte",
                "--admin-email",
                "nirgends"
            );

        (exit, output).ShouldBe((1, ""));
        foreach (
            var option in (string[])
                ["--name", "--street", "--postal-code", "--town", "--iban", "--creditor-id", "--logo", "--admin-login", "--admin-email", "Ihr Passwort"]
        )
            error.Split('\n').ShouldContain(line => line.StartsWith(option, StringComparison.Ordinal) && line.Contains(": ", StringComparison.Ordinal), option);
        error.ShouldNotContain("--bank:");
        error.ShouldNotContain("   at ");
        Directory.Exists(Data).ShouldBeFalse();
    }

    // What is there when it is killed: nothing yet, a server that starts, a schema half built, or everything.
    public static TheoryData<string, string> Moments =>
        new()
        {
            { "the folder is made", "postgres" },
            { "its server is made", "postgres/cluster/PG_VERSION" },
            { "its server runs", "postgres/cluster/postmaster.pid" },
        };

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task a_setup_that_is_killed_is_repeated_without_anything_in_the_way(string moment, string comes)
    {
        using (var killed = OfficeProgram.In(Data).Start(OwnInstallation.Words, types: true))
        {
            await killed.StandardInput.WriteLineAsync(OwnInstallation.Password);
            await SharedInstallation.UntilAsync(moment, () => Task.FromResult(killed.HasExited || Path.Exists(Path.Combine(Data, comes))));
            await KillAsync(killed);
        }
        await RepeatAsync();
    }

    [Theory]
    [InlineData("it builds the schema", "query ~* 'create table'")]
    [InlineData("it writes the association", "query ~* 'insert into (platform.installation|platform.association_profile|identity.person)'")]
    public async Task a_setup_that_is_killed_on_a_server_leaves_all_or_nothing(string moment, string comes)
    {
        await using var server = SharedInstallation.On(await TestDatabase.EmptyAsync());
        using (var killed = server.Program.Start(OwnInstallation.Words, types: true))
        {
            await killed.StandardInput.WriteLineAsync(OwnInstallation.Password);
            await SharedInstallation.UntilAsync(
                moment,
                async () =>
                    killed.HasExited
                    || await server.ReadAsync<bool>(
                        $"select exists (select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and {comes})"
                    )
                        is [true]
            );
            await KillAsync(killed);
        }
        var (exit, _, error) = await server.Program.TypeAsync(OwnInstallation.Password, [.. OwnInstallation.Words]);
        if (exit != 0)
            error.ShouldContain("ist schon „Ärztenetz Saarpfalz e. V.“"); // the killed one was faster
        (await server.ReadAsync<string>("select user_name from identity.person")).ShouldBe([OwnInstallation.Login]);
        (await server.ReadAsync<long>("select count(*) from platform.association_profile")).ShouldBe([1L]);
        (await server.ReadAsync<string>("select kind from platform.installation where initialised_at is not null")).ShouldBe(["own"]);
    }

    [Fact]
    public async Task at_a_terminal_it_asks_and_asks_again_what_was_wrong()
    {
        var words = string.Join(
            ' ',
            (
                (string[])
                    ["dotnet", Path.Combine(AppContext.BaseDirectory, "association.dll"), "setup", "--data", Data, "--name", "Bürgerverein", "--town", "Lebach"]
            ).Select(w => $"'{w}'")
        );
        var start = new ProcessStartInfo("script", ["--quiet", "--return", "--echo", "never", "--command", words, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment.Remove("ConnectionStrings__Association");
        start.Environment.Remove("ASPNETCORE_URLS");
        start.Environment["TERM"] = "dumb"; // words only, no colours and keys
        using var terminal = Process.Start(start)!;
        string[] answers =
        [
            "",
            "Am Markt 1",
            "keine",
            "66822",
            "",
            "Sparkasse",
            "DE02120300000000202052",
            "DE02120300000000202051",
            "",
            "",
            "",
            "Paul Klein",
            "klein",
            "",
            "zu kurz",
            "zu kurz",
            OwnInstallation.Password,
            "vertippt",
            OwnInstallation.Password,
            OwnInstallation.Password,
        ];
        var shown = "";
        var buffer = new char[4096];
        foreach (var answer in answers) // each one when its question stands there, as a person does
        {
            var from = shown.Length;
            while (!shown[from..].EndsWith(": ", StringComparison.Ordinal))
            {
                var read = await terminal.StandardOutput.ReadAsync(buffer);
                read.ShouldBeGreaterThan(0, shown);
                shown += new string(buffer, 0, read);
            }
            await terminal.StandardInput.WriteAsync(answer + "\n");
            await terminal.StandardInput.FlushAsync();
        }
        shown += await terminal.StandardOutput.ReadToEndAsync();
        await terminal.WaitForExitAsync();

        terminal.ExitCode.ShouldBe(0, shown);
        shown.ShouldContain("Eine Postleitzahl hat fünf Ziffern.");
        shown.ShouldContain("Die Prüfziffer passt nicht.");
        shown.ShouldContain("Das Passwort hat weniger als 12 Zeichen.");
        shown.ShouldContain("Das war nicht zweimal dasselbe.");
        shown.ShouldContain($"./run.sh --data {Data}");
        shown.ShouldNotContain(OwnInstallation.Password);
        (await OfficeProgram.In(Data).RunAsync("profile")).GetProperty("town").GetString().ShouldBe("Lebach");
    }

    private async Task RepeatAsync()
    {
        var (exit, _, error) = await OfficeProgram.In(Data).TypeAsync(OwnInstallation.Password, [.. OwnInstallation.Words]);
        if (exit != 0)
            error.ShouldContain("ist schon „Ärztenetz Saarpfalz e. V.“"); // the killed one was faster
        (
            await OfficeProgram
                .In(Data)
                .With("ASSOCIATION_PASSWORD", OwnInstallation.Password)
                .RunProcessAsync("invoke", "ListPeople", "{}", "--as", OwnInstallation.Login)
        )
            .GetRawText()
            .ShouldContain("Karin Weber");
    }

    private static async Task KillAsync(Process process)
    {
        if (!process.HasExited)
            process.Kill(); // this process only: its server survives, as after a crash
        await process.WaitForExitAsync();
    }
}
