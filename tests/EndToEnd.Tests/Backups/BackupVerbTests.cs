using System.Diagnostics;
using System.Text.Json;
using Association.EndToEnd.Tests.CommandLine;
using Association.EndToEnd.Tests.Hosts;
using Association.Platform.Data.Postgres;
using Association.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Backups;

/// <summary>The verbs <c>backup</c> and <c>restore</c>, as an operator types them.</summary>
[Collection(RestoredBooksCollection.Name)]
public sealed class BackupVerbTests(RestoredBooks restored) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("association-backups-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableTheory]
    [InlineData("tables")]
    [InlineData("pg_dump")]
    public async Task a_backup_brings_every_row_of_every_table_back(string way)
    {
        await using var books = await restored.OwnCopyAsync();
        var written = await books.Program.RunAsync(["backup", "--out", In("a.backup"), .. way == "tables" ? (string[])["--portable"] : []]);
        Skip.If(written.GetProperty("writtenBy").GetString() != way, "pg_dump is missing: the binaries from npm lack it; apt-get install -y postgresql-client");
        (File.GetUnixFileMode(In("a.backup")) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)).ShouldBe(UnixFileMode.None);

        await using var elsewhere = SharedInstallation.On(await TestDatabase.EmptyAsync());
        await elsewhere.Program.RunAsync("restore", In("a.backup"));

        var content = await RestoredBooks.ContentAsync(books.ConnectionString);
        content.Count.ShouldBeGreaterThan(40);
        (await RestoredBooks.ContentAsync(elsewhere.ConnectionString)).ShouldBe(content);
        (await elsewhere.Program.RunAsync("verify")).GetProperty("ok").GetBoolean().ShouldBeTrue();
    }

    [SkippableTheory]
    [InlineData("--portable")]
    [InlineData("")]
    public async Task onto_a_full_disk_a_backup_ends_with_one_sentence_and_leaves_no_file(string way)
    {
        using var disk = SmallDisk.TryMount(kilobytes: 48);
        Skip.If(disk is null, "only root may mount a disk");
        await using var books = await restored.OwnCopyAsync();

        var (exit, output, error) = await books.Program.TryAsync([
            .. new[] { "backup", "--out", Path.Combine(disk.Folder, "a.backup"), way }.Where(word => word.Length > 0),
        ]);

        (exit, output).ShouldBe((1, ""), error);
        error.Trim().ShouldStartWith("There is no room left on the disk, and no half file was kept.");
        error.Trim().Split('\n').ShouldHaveSingleItem();
        Directory.EnumerateFileSystemEntries(disk.Folder).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("53100", "The database has no room left on its disk; what was being written was taken back.")]
    [InlineData("57P02", "The database server broke the connection off; what was being written was taken back.")]
    public void what_the_database_lacks_is_said_in_one_sentence(string state, string said) =>
        Association
            .Host.Startup.Sentences.For(
                new Npgsql.PostgresException("could not extend file", "ERROR", "ERROR", state),
                new Association.Host.Installations.Invocation(_folder, null, null, Json: false)
            )
            .ShouldHaveSingleItem()
            .ShouldStartWith(said);

    [Fact]
    public async Task a_backup_of_the_embedded_database_can_be_restored_to_a_server_of_ones_own_and_back()
    {
        var (books, back) = (OfficeProgram.In(In("books")), OfficeProgram.In(In("back")));
        await using (var original = await restored.OwnCopyAsync())
            await original.Program.RunAsync("backup", "--portable", "--out", In("original.backup"));
        await books.RunAsync("restore", In("original.backup"));
        await books.RunAsync("backup", "--portable", "--out", In("a.backup"));
        await using var server = SharedInstallation.On(await TestDatabase.EmptyAsync());
        await server.Program.RunAsync("restore", In("a.backup"));
        await server.Program.RunAsync("backup", "--out", In("b.backup"));
        await back.RunAsync("restore", In("b.backup"));

        var content = await RestoredBooks.ContentAsync(server.ConnectionString);
        await using var first = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions(In("books")), NullLogger.Instance, default);
        (await RestoredBooks.ContentAsync(first.ConnectionString)).ShouldBe(content);
        await using var last = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions(In("back")), NullLogger.Instance, default);
        (await RestoredBooks.ContentAsync(last.ConnectionString)).ShouldBe(content);
    }

    [Fact]
    public async Task numbering_goes_on_behind_the_restored_rows()
    {
        await using var books = await restored.CopyAsync();
        var paid = await books.Program.RunAsync("record-payment", "BR-2026-00004", "--amount", "1.00", "--date", "2026-11-20", "--as", "office");
        paid.GetProperty("open").ValueKind.ShouldNotBe(JsonValueKind.Null);
        (await books.Program.RunAsync("cancel-invoice", "BR-2026-00005", "--reason", "Doppelt", "--as", "office")).ToString().ShouldContain("ST-2026-00002");
        (await books.Program.RunAsync("verify")).GetProperty("ok").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task a_restore_overwrites_nothing_and_a_backup_neither()
    {
        await using var books = await restored.CopyAsync();
        await using var empty = SharedInstallation.On(await TestDatabase.EmptyAsync());
        await File.WriteAllTextAsync(In("there.backup"), "Sicherung vom Montag");
        var before = await RestoredBooks.ContentAsync(books.ConnectionString);

        (await books.Program.TryAsync("restore", UpgradeTests.Release, "--own")).Error.ShouldContain("holds an association already");
        (await books.Program.TryAsync("backup", "--out", In("there.backup"))).Error.ShouldContain("is not overwritten");
        (await books.Program.TryAsync("backup", "--out", In("no/such/a.backup"))).Error.ShouldContain("There is no folder");
        (await empty.Program.TryAsync("backup", "--out", In("empty.backup"))).Error.ShouldContain("nothing to back up");

        (await RestoredBooks.ContentAsync(books.ConnectionString)).ShouldBe(before);
        (await File.ReadAllTextAsync(In("there.backup"))).ShouldBe("Sicherung vom Montag");
    }

    public static TheoryData<string, string> Moments =>
        new()
        {
            { "it reaches the database", "select exists (select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid())" },
            {
                "it builds the schema",
                "select exists (select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and query ~* 'create table')"
            },
            {
                "it loads the rows",
                "select exists (select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and query ~* '^(copy|alter table|truncate) ')"
            },
        };

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task a_restore_that_is_killed_leaves_nothing_in_the_way_of_the_next(string moment, string comes)
    {
        await using var books = await restored.OwnCopyAsync();
        await books.Program.RunAsync("backup", "--portable", "--out", In("own.backup"));
        await using var office = SharedInstallation.On(await TestDatabase.EmptyAsync());
        using (var restoring = office.Program.Start(["restore", In("own.backup")]))
        {
            await SharedInstallation.UntilAsync(moment, async () => restoring.HasExited || await office.ReadAsync<bool>(comes) is [true]);
            await KillAsync(restoring);
        }
        var (exit, _, error) = await office.Program.TryAsync("restore", In("own.backup"));
        if (exit != 0)
            error.ShouldContain("holds an association already"); // the killed one was faster
        (await RestoredBooks.ContentAsync(office.ConnectionString)).ShouldBe(await RestoredBooks.ContentAsync(books.ConnectionString));
    }

    [Fact]
    public async Task a_restore_that_is_killed_while_its_database_server_starts_is_repeated()
    {
        var program = OfficeProgram.In(In("killed"));
        using (var restoring = program.Start(["restore", UpgradeTests.Release]))
        {
            await SharedInstallation.UntilAsync(
                "its server is made",
                () => Task.FromResult(restoring.HasExited || Directory.Exists(Path.Combine(In("killed"), "postgres")))
            );
            await KillAsync(restoring);
        }
        await program.RunAsync("restore", UpgradeTests.Release);
        (await program.RunAsync("verify")).GetProperty("ok").GetBoolean().ShouldBeTrue();
        (await program.RunAsync("open-items")).GetArrayLength().ShouldBe(13);
    }

    private static async Task KillAsync(Process process)
    {
        if (!process.HasExited)
            process.Kill(); // this process only: its server survives, as after a crash
        await process.WaitForExitAsync();
    }

    private string In(string name) => Path.Combine(_folder, name);
}
