using System.Diagnostics;
using System.Globalization;
using Association.Platform.Data.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.Platform.Tests.Data;

/// <summary>The product's own PostgreSQL: started, shared, killed, revived.</summary>
public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("association-postgres-").FullName;

    public EmbeddedPostgresTests() => File.SetUnixFileMode(_folder, File.GetUnixFileMode(_folder) | UnixFileMode.OtherExecute | UnixFileMode.OtherRead);

    [Fact]
    public async Task a_second_process_joins_the_running_server_and_the_last_one_out_stops_it()
    {
        var first = await StartAsync(_folder);
        var second = await StartAsync(_folder);
        var pid = Pid(_folder);

        await first.DisposeAsync();
        (await AnswerAsync(second.ConnectionString)).ShouldBe("de-DE");
        Pid(_folder).ShouldBe(pid);

        await second.DisposeAsync();
        File.Exists(PidFile(_folder)).ShouldBeFalse();
    }

    [Fact]
    public async Task what_was_committed_is_there_after_the_server_was_killed()
    {
        await using (var before = await StartAsync(_folder))
        {
            await ExecuteAsync(before.ConnectionString, "create table kept (n int); insert into kept values (42)");
            Kill(Pid(_folder));

            (await before.ReviveAsync(NullLogger.Instance, CancellationToken.None)).ShouldBeTrue();
            (await before.ReviveAsync(NullLogger.Instance, CancellationToken.None)).ShouldBeFalse();
            (await ScalarAsync(before.ConnectionString, "select n from kept")).ShouldBe(42);
            Kill(Pid(_folder));
        }
        await using var after = await StartAsync(_folder);
        (await ScalarAsync(after.ConnectionString, "select n from kept")).ShouldBe(42);
    }

    [Fact]
    public async Task a_number_that_now_belongs_to_another_process_is_not_taken_for_the_server()
    {
        await (await StartAsync(_folder)).DisposeAsync();
        var lines = $"{Environment.ProcessId}\n{Cluster(_folder)}\n";
        await File.WriteAllTextAsync(PidFile(_folder), lines);

        await using var postgres = await StartAsync(_folder);
        (await AnswerAsync(postgres.ConnectionString)).ShouldBe("de-DE");
    }

    [Fact]
    public async Task two_data_folders_run_side_by_side()
    {
        await using var one = await StartAsync(Path.Combine(_folder, "one"));
        await using var two = await StartAsync(Path.Combine(_folder, "two"));

        await ExecuteAsync(one.ConnectionString, "create table only_here (n int)");
        (await ScalarAsync(two.ConnectionString, "select count(*)::int from pg_tables where tablename = 'only_here'")).ShouldBe(0);
    }

    [Fact]
    public async Task ten_processes_that_start_at_once_share_one_server()
    {
        var hosts = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => StartAsync(_folder))));
        foreach (var host in hosts)
            (await AnswerAsync(host.ConnectionString)).ShouldBe("de-DE");
        await Task.WhenAll(hosts.Select(h => h.DisposeAsync().AsTask()));
        File.Exists(PidFile(_folder)).ShouldBeFalse();
    }

    [Fact]
    public async Task a_data_folder_of_another_major_version_is_refused_and_left_as_it_is()
    {
        await (await StartAsync(_folder)).DisposeAsync();
        var version = Path.Combine(Cluster(_folder), "PG_VERSION");
        var real = await File.ReadAllTextAsync(version);
        await File.WriteAllTextAsync(version, "11\n");

        var refused = await Should.ThrowAsync<PostgresUnavailableException>(() => StartAsync(_folder));
        refused.Message.ShouldContain("was made by PostgreSQL 11");
        refused.Message.ShouldContain("nothing was changed");

        await File.WriteAllTextAsync(version, real);
        await using var again = await StartAsync(_folder);
        (await AnswerAsync(again.ConnectionString)).ShouldBe("de-DE");
    }

    [Fact]
    public async Task an_initialisation_that_was_killed_half_way_is_begun_anew()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "postgres", "cluster.0190a0c0.new", "base"));
        await using var postgres = await StartAsync(_folder);
        (await AnswerAsync(postgres.ConnectionString)).ShouldBe("de-DE");
    }

    [Fact]
    public async Task a_start_that_was_killed_while_it_noted_its_account_is_begun_anew()
    {
        var place = Directory.CreateDirectory(Path.Combine(_folder, "postgres"));
        await File.WriteAllTextAsync(Path.Combine(place.FullName, "account"), "");

        await using var postgres = await StartAsync(_folder);
        (await AnswerAsync(postgres.ConnectionString)).ShouldBe("de-DE");
    }

    [Fact]
    public async Task a_path_too_long_for_a_socket_works_all_the_same()
    {
        var deep = Path.Combine(_folder, new string('d', 60), new string('e', 60));
        await using var postgres = await StartAsync(deep);
        (await AnswerAsync(postgres.ConnectionString)).ShouldBe("de-DE");
    }

    [Fact]
    public async Task a_data_folder_that_only_root_can_enter_keeps_its_server_elsewhere()
    {
        File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await (await StartAsync(_folder)).DisposeAsync();
        await using (var postgres = await StartAsync(_folder))
            (await AnswerAsync(postgres.ConnectionString)).ShouldBe("de-DE");

        var target = new DirectoryInfo(Path.Combine(_folder, "postgres")).ResolveLinkTarget(returnFinalTarget: true);
        (target is not null).ShouldBe(Environment.IsPrivilegedProcess);
        if (target is not null)
            Directory.Delete(target.FullName, recursive: true);
    }

    [Fact]
    public async Task only_the_servers_account_can_enter_the_socket_directory()
    {
        await using var postgres = await StartAsync(_folder);
        var folder = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Host!;
        File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        (await AnswerAsync(postgres.ConnectionString, "show listen_addresses")).ShouldBe("");
        (await AnswerAsync(postgres.ConnectionString, "show synchronous_commit")).ShouldBe("on");
    }

    [Fact]
    public async Task nobody_but_its_owner_lists_the_data_folder_or_opens_what_lies_in_it()
    {
        var folder = Path.Combine(_folder, "own");
        Directory.CreateDirectory(folder, (UnixFileMode)Convert.ToInt32("777", 8)); // an older one, or one that somebody made
        await File.WriteAllTextAsync(Path.Combine(folder, "postgres.lock"), "");
        await using var postgres = await StartAsync(folder);

        // Started as root the server runs as another account, which passes through to its own files.
        Mode(folder).ShouldBe(Environment.IsPrivilegedProcess ? "711" : "700");
        Mode(Path.Combine(folder, "postgres")).ShouldBe("700");
        Mode(Path.Combine(folder, "postgres.lock")).ShouldBe("600");
        Mode(Path.Combine(folder, "postgres", "hosts.lock")).ShouldBe("600");
    }

    [Fact]
    public async Task a_folder_into_which_everybody_may_write_is_refused_before_a_lock_is_looked_for_in_it()
    {
        File.SetUnixFileMode(_folder, (UnixFileMode)Convert.ToInt32("1777", 8));
        await File.WriteAllTextAsync(Path.Combine(_folder, "of-somebody-else"), "");

        var refused = await Should.ThrowAsync<PostgresUnavailableException>(() => StartAsync(_folder));

        refused.Message.ShouldContain("Every user of this machine may write into");
        Directory.EnumerateFileSystemEntries(_folder).Count().ShouldBe(1);
    }

    [Fact]
    public async Task the_socket_of_a_long_path_lies_in_a_private_folder_that_nobody_could_have_made_before()
    {
        var deep = Path.Combine(_folder, new string('d', 60), new string('e', 60));
        await using var postgres = await StartAsync(deep);
        await using var joined = await StartAsync(deep);

        var socket = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Host!;
        new NpgsqlConnectionStringBuilder(joined.ConnectionString).Host.ShouldBe(socket);
        Mode(socket).ShouldBe("700");
        if (Environment.IsPrivilegedProcess)
            socket.ShouldStartWith("/var/lib/association/", Case.Sensitive, "only root makes anything there");
        else
            (await File.ReadAllTextAsync(Path.Combine(deep, "postgres", "socket-folder"))).Trim().ShouldBe(socket);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Mode(string path) => Convert.ToString((int)File.GetUnixFileMode(path), 8);

    /// <summary>Kills, and returns when the process is gone (or a zombie that nobody fetches).</summary>
    private static void Kill(int pid)
    {
        Process.GetProcessById(pid).Kill();
        SpinWait
            .SpinUntil(() => !File.Exists($"/proc/{pid}/cmdline") || File.ReadAllText($"/proc/{pid}/cmdline").Length == 0, TimeSpan.FromSeconds(30))
            .ShouldBeTrue();
    }

    private static Task<EmbeddedPostgres> StartAsync(string folder) =>
        EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions(folder), NullLogger.Instance, CancellationToken.None);

    private static string Cluster(string folder) => Path.Combine(folder, "postgres", "cluster");

    private static string PidFile(string folder) => Path.Combine(Cluster(folder), "postmaster.pid");

    private static int Pid(string folder) => int.Parse(File.ReadLines(PidFile(folder)).First(), CultureInfo.InvariantCulture);

    private static async Task<string> AnswerAsync(string connectionString, string sql = "select daticulocale from pg_database where datname = 'association'") =>
        (string)(await RunAsync(connectionString, sql))!;

    private static async Task<int> ScalarAsync(string connectionString, string sql) => (int)(await RunAsync(connectionString, sql))!;

    private static Task ExecuteAsync(string connectionString, string sql) => RunAsync(connectionString, sql);

    private static async Task<object?> RunAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
