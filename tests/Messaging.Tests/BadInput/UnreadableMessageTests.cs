using Association.Messaging.Tests.Trial;
using Association.Platform.Data.Kernel;
using Shouldly;
using Xunit;

namespace Association.Messaging.Tests.BadInput;

/// <summary>Rows that somebody else wrote, or an older release: what cannot be read is a dead letter at once and stops nobody.</summary>
public sealed class UnreadableMessageTests : TrialOffice
{
    private const string Queue = "trial.letter-due/letter-due";

    [Fact]
    public async Task a_message_renamed_in_code_still_finds_its_handler_and_its_values()
    {
        // As an older release stored it: the same stable names, whatever its classes were called.
        await StoreAsync("trial.letter-due", """{"to": "Lebach", "postage": "0.95", "what no release knows": [1, {}]}""");
        await UntilAsync(async () => (await EffectsAsync()).Contains("letter:Lebach 0.95"));
    }

    [Theory]
    [InlineData("trial.letter-burnt", """{"to": "Lebach", "postage": "0.95"}""", "trial.letter-burnt")]
    [InlineData("", """{"to": "Lebach", "postage": "0.95"}""", "no Message or MessageType")]
    [InlineData("trial.letter-due", """{"to": "Lebach", "postage": "many"}""", "does not fit")]
    [InlineData("trial.letter-due", """{"to": "Lebach", "postage": "1e400"}""", "does not fit")]
    [InlineData("trial.letter-due", """{"to": 7, "postage": "0.95"}""", "does not fit")]
    [InlineData("trial.letter-due", """{"to": "Lebach"}""", "does not fit")]
    [InlineData("trial.letter-due", "{}", "does not fit")]
    [InlineData("trial.letter-due", "[1, 2]", "does not fit")]
    [InlineData("trial.letter-due", "\"text\"", "does not fit")]
    [InlineData("trial.letter-due", "null", "does not fit")]
    public async Task what_cannot_be_read_is_a_dead_letter_at_once(string name, string body, string reason)
    {
        await StoreAsync(name, body);
        await ShouldBeADeadLetterAsync(reason);
    }

    [Fact]
    public async Task a_body_that_is_nested_without_end_is_a_dead_letter()
    {
        await StoreAsync("trial.letter-due", $$"""{"to": {{new string('[', 5_000)}}{{new string(']', 5_000)}}, "postage": "0.95"}""");
        await ShouldBeADeadLetterAsync("does not fit");
    }

    [Fact]
    public async Task a_stored_body_of_ten_megabytes_stops_nobody()
    {
        await StoreAsync("trial.letter-due", $$"""{"to": 7, "postage": "{{new string('x', 10_000_000)}}"}""");
        await ShouldBeADeadLetterAsync("does not fit");
    }

    private async Task ShouldBeADeadLetterAsync(string reason)
    {
        await Anna.Bus.SendAsync(new LetterDue("Wadern", Money.Zero));
        await Anna.DrainAsync();
        await UntilAsync(async () =>
            (await ReadAsync<string>("select exception_text from messaging.dead_letter")) is [var text] && text.Contains(reason, StringComparison.Ordinal)
        );
        (await EffectsAsync()).ShouldBe(["letter:Wadern 0.00"]);
    }

    private Task<int> StoreAsync(string name, string body) => StoreAsync(Queue, name, body);
}
