using Association.EndToEnd.Tests.Hosts;
using Association.Platform.Messaging.Storing;
using Shouldly;
using Wolverine.Runtime.Serialization;
using Xunit;

namespace Association.EndToEnd.Tests.CommandLine;

/// <summary><c>messages …</c> as an administrator at a terminal uses it.</summary>
public sealed class MessagesVerbTests : IAsyncLifetime
{
    private const string Queue = "billing.charges-voided/charges-voided";

    private SharedInstallation? _installation;

    private SharedInstallation Installation => _installation!;

    private OfficeProgram Program => Installation.Program;

    public async Task InitializeAsync() => _installation = await SharedInstallation.CreateAsync();

    public async Task DisposeAsync() => await Installation.DisposeAsync();

    [Fact]
    public async Task failed_messages_are_listed_shown_tried_again_and_discarded()
    {
        await FailAsync(Queue, "billing.charges-voided", """{"charges": []}""", "disk full");
        await FailAsync("old.thing/old", "old.thing", "{}", "No handler");

        var dead = await Program.RunAsync("messages", "dead", "--text", "DISK");
        var id = dead.EnumerateArray().ShouldHaveSingleItem().GetProperty("id").GetString()!;
        (await Program.RunAsync("messages", "show", id)).GetProperty("letter").GetProperty("work").GetString().ShouldBe("Beiträge nach einem Storno freigeben");

        var replayed = await Program.RunAsync("messages", "replay", id, "--as", "admin");
        (replayed.GetProperty("replayed").GetInt32(), replayed.GetProperty("failed").GetInt32()).ShouldBe((1, 0));
        (await Installation.ReadAsync<long>("select count(*) from messaging.handled where queue like 'billing.charges-voided%'")).ShouldBe([1]);
        (await Program.TryAsync("messages", "replay", "--all", "--as", "admin")).ShouldSatisfyAllConditions(
            r => r.Exit.ShouldBe(1),
            r => r.Output.ShouldContain("1 are accepted by no part of this program")
        );

        (await Program.RunAsync("messages", "discard", "--name", "old.thing", "--reason", "Gibt es nicht mehr.", "--as", "admin"))
            .GetProperty("discarded")
            .GetInt32()
            .ShouldBe(1);
        (await Program.RunAsync("messages", "dead")).GetArrayLength().ShouldBe(0);
        (await Program.RunAsync("messages", "dead", "--discarded"))
            .EnumerateArray()
            .ShouldHaveSingleItem()
            .GetProperty("discardReason")
            .GetString()
            .ShouldBe("Gibt es nicht mehr.");
    }

    [Fact]
    public async Task a_queue_stays_paused_from_one_process_to_the_next()
    {
        await Program.RunProcessAsync("messages", "pause", Queue, "--as", "admin");
        var paused = (await Program.RunAsync("messages", "queues")).EnumerateArray().Where(q => q.GetProperty("paused").GetBoolean()).ShouldHaveSingleItem();
        (paused.GetProperty("queue").GetString(), paused.GetProperty("pausedBy").GetString()).ShouldBe((Queue, "Rüdiger Lambert"));
        await Program.RunAsync("messages", "resume", Queue, "--as", "admin");
        (await Program.RunAsync("messages", "queues")).EnumerateArray().ShouldNotContain(q => q.GetProperty("paused").GetBoolean());
        (await Program.RunAsync("messages", "scheduled")).GetArrayLength().ShouldBe(0);
        (await Program.RunAsync("messages", "describe")).EnumerateArray().Select(h => h.GetProperty("queue").GetString()).ShouldContain(Queue);
    }

    [Theory]
    [InlineData("Which messages?", "replay", "--as", "admin")]
    [InlineData("Es fehlt --reason.", "discard", "--all", "--as", "admin")]
    [InlineData("Die Warteschlange „nonsense“ gibt es nicht.", "pause", "nonsense", "--as", "admin")]
    [InlineData("There is no failed message 0190a0c0-0000-7000-8000-000000000001", "show", "0190a0c0-0000-7000-8000-000000000001")]
    [InlineData("No failed message matches.", "replay", "--text", "x", "--as", "admin")]
    [InlineData("needs the permission", "replay", "--all", "--as", "office")]
    public async Task what_cannot_be_done_is_said_in_a_sentence(string sentence, params string[] verb)
    {
        var (exit, output, error) = await Program.TryAsync(["messages", .. verb]);
        exit.ShouldBe(1);
        output.ShouldBeEmpty();
        error.ShouldContain(sentence);
        error.ShouldNotContain("   at "); // no stack
    }

    private Task FailAsync(string queue, string name, string body, string exception)
    {
        var id = Guid.CreateVersion7();
        return Installation.ExecuteAsync(
            $$"""
            insert into messaging.trail (id, queue, name, body, correlation_id, failures, failed_at, error_type, error_text)
            values ('{{id}}', '{{queue}}', '{{name}}', '{{body}}', gen_random_uuid(), 7, now(), 'System.Exception', 'System.Exception: {{exception}}');
            insert into messaging.wolverine_dead_letters (id, received_at, message_type, body, exception_type, exception_message, sent_at, replayable)
            values ('{{id}}', messaging.address_of('{{queue}}'), '{{name}}', decode('{{Convert.ToHexString(
                EnvelopeSerializer.Serialize(MessageWriter.Seal(id, name, queue, body))
            )}}', 'hex'),
                    'System.Exception', '{{exception}}', now(), false)
            """
        );
    }
}
