using Association.Messaging.Tests.Trial;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Association.Platform.Messaging.Delivery;
using Association.Platform.Messaging.Operation;
using Association.Testing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Messaging.Tests.Failing;

/// <summary>A failing message is retried, then kept; nothing is dropped silently, and what it began leaves no trace.</summary>
public sealed class FailureTests : TrialOffice
{
    private OfficeScope Admin =>
        Office.As(new Actor(new UserId(Guid.CreateVersion7()), "Verwaltung", new HashSet<string> { MessagingPermissions.Manage, MessagingPermissions.Read }));

    [Fact]
    public async Task a_handler_that_fails_after_its_write_has_one_effect_once_it_succeeds()
    {
        var runs = 0;
        Board.On(
            "first",
            _ =>
            {
                if (++runs < 3)
                    throw new InvalidOperationException("not yet");
            }
        );
        await Anna.Bus.InvokeAsync(new MakeThing("chair"));
        var report = await Anna.DrainAsync();
        report.Ok.ShouldBeTrue();
        report.Handled.Single(m => m.Queue.EndsWith("/first-thing-made", StringComparison.Ordinal)).Attempts.ShouldBe(2);
        (await EffectsAsync()).Order().ShouldBe(["first:chair", "second:chair"]);
    }

    [Fact]
    public async Task a_poisoned_message_ends_as_a_dead_letter_stops_nobody_and_can_be_replayed()
    {
        Board.On(
            "first",
            name =>
            {
                if (name == "poison")
                    throw new InvalidOperationException("bad \0 apple");
            }
        );
        await Anna.Bus.InvokeAsync(new MakeThing("poison"));
        await Anna.Bus.InvokeAsync(new MakeThing("chair"));
        var report = await Anna.DrainAsync();
        report.Ok.ShouldBeFalse();
        report.DeadLettered.Single().Attempts.ShouldBe(7); // once, three cooldowns, three scheduled retries
        (await EffectsAsync()).Order().ShouldBe(["first:chair", "second:chair", "second:poison"]);

        var letter = (await Admin.Bus.QueryAsync(new ListDeadLetters())).Single();
        letter.Name.ShouldBe("trial.thing-made");
        letter.ExceptionText.ShouldContain("apple");
        letter.UserName.ShouldBe("Anna Dörr");
        Board.On("first", _ => { });
        await Admin.Bus.InvokeAsync(new ReplayDeadLetter(letter.Id, letter.Queue));
        (await Anna.DrainAsync()).Ok.ShouldBeTrue();
        (await ReadAsync<string>("select by_name from trial.effect where queue = 'first' and subject = 'poison'")).ShouldBe(["Anna Dörr"]);
        (await Admin.Bus.QueryAsync(new ListDeadLetters())).ShouldBeEmpty();
        await Should.ThrowAsync<ProblemsException>(Admin.Bus.InvokeAsync(new ReplayDeadLetter(letter.Id, letter.Queue)));
    }

    [Fact]
    public async Task a_dead_letter_is_discarded_only_with_a_reason_and_stays_on_record()
    {
        Board.On("letter", _ => throw new NotSupportedException());
        await Anna.Bus.SendAsync(new LetterDue("Lebach", new Money(0.95m)));
        var letter = (await Anna.DrainAsync()).DeadLettered.Single();
        letter.Attempts.ShouldBe(1);
        (await Should.ThrowAsync<ProblemsException>(Admin.Bus.InvokeAsync(new DiscardDeadLetter(letter.Id, letter.Queue, " "))))
            .Problems.Single()
            .Field.ShouldBe("Reason");
        await Admin.Bus.InvokeAsync(new DiscardDeadLetter(letter.Id, letter.Queue, "Der Brief ging von Hand hinaus."));
        (await Admin.Bus.QueryAsync(new ListDeadLetters())).ShouldBeEmpty();
        (await ReadAsync<string>("select discarded_by || ': ' || discard_reason from messaging.dead_letter")).ShouldBe([
            "Verwaltung: Der Brief ging von Hand hinaus.",
        ]);
    }

    [Theory]
    [InlineData(typeof(TimeoutException), "dead after 3")]
    [InlineData(typeof(NotSupportedException), "dead after 1")]
    [InlineData(typeof(ApplicationException), "dead after 7")]
    public async Task a_handler_s_policy_decides_by_the_exception(Type exception, string end)
    {
        Board.On("letter", _ => throw (Exception)Activator.CreateInstance(exception)!);
        await Anna.Bus.SendAsync(new LetterDue("Lebach", Money.Zero));
        await Anna.DrainAsync();
        (
            await ReadAsync<string>(
                "select 'dead after ' || attempts from messaging.dead_letter union all select 'handled after ' || attempts from messaging.handled"
            )
        ).ShouldBe([end]);
    }

    [Fact]
    public async Task a_message_in_a_queue_that_no_release_knows_is_parked_after_a_while()
    {
        await StoreAsync("trial.old/old", "trial.old", "{}");
        var housekeeping = Office.Services.GetRequiredService<Housekeeping>();
        (await housekeeping.ParkUnknownAsync(CancellationToken.None)).ShouldBe(0); // another release may run beside this one
        await ExecuteAsync("update messaging.trail set sent_at = sent_at - interval '1 day'");
        (await housekeeping.ParkUnknownAsync(CancellationToken.None)).ShouldBe(1);
        (await ReadAsync<string>("select queue from messaging.dead_letter")).ShouldBe(["trial.old/old"]);
    }

    [Fact]
    public async Task what_was_handled_is_forgotten_after_days_and_not_before()
    {
        await Anna.Bus.SendAsync(new ThingMade("lamp"));
        await Anna.DrainAsync();
        await ExecuteAsync("update messaging.trail set ended_at = ended_at - interval '8 days' where queue like '%/first%'");
        await Office.Services.GetRequiredService<Housekeeping>().ForgetAsync(CancellationToken.None);
        (await ReadAsync<string>("select queue from messaging.handled")).ShouldBe(["trial.thing-made/second-thing-made"]);
    }
}
