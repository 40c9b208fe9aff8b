using System.Security.Cryptography;
using Association.EndToEnd.Tests.CommandLine;
using Association.Platform.Data.Postgres;
using Association.Testing;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Shouldly;
using Xunit;

namespace Association.EndToEnd.Tests.Backups;

/// <summary>
/// A data folder as an earlier release left it, opened by this one. The file beside this test was taken of an installation of that release: our sample list
/// imported, the year 2027 charged, one invoice paid in part, one cancelled, one job paused.
/// </summary>
[Collection(RestoredBooksCollection.Name)]
public sealed class UpgradeTests(RestoredBooks restored) : IDisposable
{
    /// <summary>A backup by tables that an earlier release's database was restored from; a later release adds its own file and keeps this one.</summary>
    public static string Release { get; } = Path.Combine(Repository.Root, "tests", "EndToEnd.Tests", "Backups", "release-2026-11-22.backup");

    private readonly string _folder = Directory.CreateTempSubdirectory("association-upgrade-").FullName;

    private OfficeProgram Office => OfficeProgram.In(Path.Combine(_folder, "data"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task a_data_folder_of_an_earlier_release_keeps_its_books_its_documents_and_its_ways()
    {
        (await Office.RunAsync("restore", Release)).GetProperty("migrations").GetInt32().ShouldBe(14); // the state of that release, not of this one

        await using var running = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions(Path.Combine(_folder, "data")), NullLogger.Instance, default); // the verbs need not start it each
        (await Office.RunAsync("verify")).GetProperty("ok").GetBoolean().ShouldBeTrue(); // the first to open it migrates it

        var open = (await Office.RunAsync("open-items"))
            .EnumerateArray()
            .ToDictionary(i => i.GetProperty("invoice").GetString()!, i => i.GetProperty("open").GetString());
        open.Count.ShouldBe(13);
        open["BR-2026-00001"].ShouldBe("2375.00");
        open["BR-2026-00003"].ShouldBe("440.00");
        open.ShouldNotContainKey("BR-2026-00002"); // cancelled

        var documents = Path.Combine(_folder, "documents");
        await Office.RunAsync("invoices", "--out", documents);
        Directory.GetFiles(documents).Length.ShouldBe(15);
        Digest(Path.Combine(documents, "BR-2026-00001.pdf")).ShouldBe("f6a03b25ac21f8a7c613a4b333e0f3452a3669088ae40367b7887191ed519c3b"); // byte for byte as issued then

        var jobs = await Office.RunAsync("jobs", "list");
        jobs.GetProperty("jobs")
            .EnumerateArray()
            .Single(j => j.GetProperty("name").GetString() == "operation.forget-runs")
            .GetProperty("paused")
            .GetBoolean()
            .ShouldBeTrue();
        await using var connection = new NpgsqlConnection(running.ConnectionString);
        (await connection.QueryAsync<string>("select nspname from pg_namespace where nspname = 'quartz'")).ShouldBeEmpty(
            "its schedule is stored elsewhere now"
        );
    }

    /// <summary>
    /// The same books on the last release before Wolverine, whose process was killed: a queue is paused in which the document of a cancellation waits, a message
    /// lies in the future, one failed for good, and one was stored and not yet begun.
    /// </summary>
    [Fact]
    public async Task messages_that_an_earlier_release_had_stored_go_on_where_they_were()
    {
        const string Paused = "billing.render-invoices/render-invoices";
        const string Failed = "membership.members-changed/refresh-accounts";
        await Office.RunAsync("restore", Release.Replace(".backup", "-messages.backup", StringComparison.Ordinal));
        await using var running = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions(Path.Combine(_folder, "data")), NullLogger.Instance, default);

        (await QueueAsync(Paused)).ShouldBe((true, 1, 0)); // the first to open it migrates it, and what it shows is complete
        (await QueueAsync(Failed)).ShouldBe((false, 0, 1));
        (await Office.RunAsync("messages", "scheduled", "--as", "admin")).GetArrayLength().ShouldBe(1);

        var documents = Path.Combine(_folder, "documents");
        await Office.RunAsync("messages", "resume", Paused, "--as", "admin");
        using (await OfficeProcess.StartAsync(Path.Combine(_folder, "data")))
            await Waiting.UntilAsync(
                async () => await QueueAsync(Paused) is (false, 0, 0) && await QueueAsync("operation.verify-books/verify-books") is (false, 0, 0),
                60,
                "what waited is handled"
            );
        await Office.RunAsync("invoices", "--out", documents);
        Directory.GetFiles(documents).ShouldContain(f => f.EndsWith("ST-2026-00002.pdf", StringComparison.Ordinal));
        (await Office.RunAsync("verify")).GetProperty("ok").GetBoolean().ShouldBeTrue();
        (await QueueAsync(Failed)).ShouldBe((false, 0, 1), "nobody has decided about it");
    }

    private async Task<(bool Paused, int Waiting, int Failed)> QueueAsync(string name)
    {
        var queue = (await Office.RunAsync("messages", "queues", "--as", "admin")).EnumerateArray().Single(q => q.GetProperty("queue").GetString() == name);
        return (
            queue.GetProperty("paused").GetBoolean(),
            queue.GetProperty("waiting").GetInt32() + queue.GetProperty("running").GetInt32(),
            queue.GetProperty("deadLetters").GetInt32()
        );
    }

    [Fact]
    public async Task the_office_goes_on_with_the_next_year()
    {
        await using var office = await restored.CopyAsync();
        using (var opened = await OfficeProcess.StartAsync(office.Program))
            (await opened.IsReadyAsync()).ShouldBeTrue();

        await office.Program.RunAsync("dues-run", "--year", "2028", "--submit", "--as", "office");
        await office.Program.RunAsync("dues-run", "--year", "2028", "--approve", "--as", "office2");
        var run = await office.Program.RunAsync("dues-run", "--year", "2028", "--execute", "--as", "office");

        run.GetProperty("charged").GetInt32().ShouldBe(6);
        (await office.Program.RunAsync("verify")).GetProperty("ok").GetBoolean().ShouldBeTrue();
    }

    private static string Digest(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
}
