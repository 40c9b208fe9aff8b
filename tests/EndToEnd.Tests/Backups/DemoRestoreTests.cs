using Association.EndToEnd.Tests.Hosts;
using Association.Testing;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Backups;

/// <summary>A backup of a demo has four people in it whose password everybody knows; what becomes of them on a server.</summary>
[Collection(RestoredBooksCollection.Name)]
public sealed class DemoRestoreTests(RestoredBooks restored) : IDisposable
{
    private const string People = "select user_name || ' ' || coalesce(password_hash, '') from identity.person order by 1";

    private readonly string _folder = Directory.CreateTempSubdirectory("association-demo-").FullName;

    private string File => Path.Combine(_folder, "demo.backup");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task a_demo_does_not_go_onto_a_server_as_it_is_and_the_sentence_says_what_to_do()
    {
        await using var demo = await restored.CopyAsync();
        await demo.Program.RunAsync("backup", "--portable", "--out", File);
        await using var server = SharedInstallation.On(await TestDatabase.EmptyAsync());
        foreach (var file in (string[])[File, UpgradeTests.Release]) // the second does not say what it is
        {
            var (exit, output, error) = await server.Program.TryAsync("restore", file, "--json");
            (exit, output).ShouldBe((1, ""));
            error.ShouldContain("--own");
            error.ShouldNotContain("   at ");
        }
        (await server.ReadAsync<long>("select count(*) from pg_tables where schemaname = 'platform'")).ShouldBe([0L], "nothing was written");
    }

    [Fact]
    public async Task a_demo_restored_as_ones_own_leaves_none_of_its_people_and_waits_for_a_new_administrator()
    {
        await using var demo = await restored.CopyAsync();
        await demo.Program.RunAsync("backup", "--out", File);
        await using var server = SharedInstallation.On(await TestDatabase.EmptyAsync());

        var (exit, output, error) = await server.Program.TryAsync("restore", File, "--own");

        exit.ShouldBe(0, error);
        output.ShouldContain("The 4 people of the demo are gone; make the first administrator with 'create-administrator'");
        (await server.ReadAsync<string>(People)).ShouldBeEmpty();
        (await server.ReadAsync<string>("select kind from platform.installation")).ShouldBe(["own"]);
        (await server.Program.RunAsync("verify")).GetProperty("ok").GetBoolean().ShouldBeTrue("books are as they were");
        (await server.Program.With("ASSOCIATION_PASSWORD", Visit.Password).TryProcessAsync("open-items", "--as", "office")).Error.ShouldContain(
            "Login or password is wrong"
        );
        (await server.Program.RunAsync("create-administrator")).GetProperty("created").GetBoolean().ShouldBeTrue();
        (await server.ReadAsync<string>(People)).ShouldHaveSingleItem().ShouldBe("admin ");
    }

    [Fact]
    public async Task a_restore_as_ones_own_that_is_killed_before_its_end_is_finished_by_whatever_opens_the_database_next()
    {
        await using var server = await restored.CopyAsync(); // restored, and the people are still there
        await server.ExecuteAsync("create schema demo_removal"); // what was noted before the restore began
        (await server.ReadAsync<string>(People)).Count.ShouldBe(4);

        (await server.Program.TryProcessAsync("verify", "--as", "office")).Exit.ShouldBe(1, "no password is known any more");

        (await server.ReadAsync<string>(People)).ShouldBeEmpty();
        (await server.ReadAsync<string>("select kind from platform.installation")).ShouldBe(["own"]);
        (await server.ReadAsync<long>("select count(*) from pg_namespace where nspname = 'demo_removal'")).ShouldBe([0L]);
    }

    [Fact]
    public async Task an_own_installation_keeps_its_people_on_a_server()
    {
        await using var own = await restored.OwnCopyAsync();
        await own.ExecuteAsync(
            "update identity.person set user_name = 'm.' || user_name, normalized_user_name = 'M.' || normalized_user_name, id = gen_random_uuid()"
        );
        await own.Program.RunAsync("backup", "--portable", "--out", File);
        var people = await own.ReadAsync<string>(People);
        people.Count.ShouldBe(4);

        await using var server = SharedInstallation.On(await TestDatabase.EmptyAsync());
        await server.Program.RunAsync("restore", File);
        (await server.ReadAsync<string>(People)).ShouldBe(people);

        await using var asked = SharedInstallation.On(await TestDatabase.EmptyAsync());
        await asked.Program.RunAsync("restore", File, "--own"); // said of one that is no demo, it changes nothing
        (await asked.ReadAsync<string>(People)).ShouldBe(people);
    }
}
