using System.Collections.Concurrent;
using System.Diagnostics;
using Association.Messaging.Tests.Trial;
using Association.Platform.Data.Kernel;
using Association.Platform.Messaging;
using Association.Platform.Messaging.Running;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Association.Messaging.Tests.Operating;

/// <summary>What a person caused is one trace to its last handler, however the messages come to be handled.</summary>
public sealed class TraceTests() : TrialOffice(working: false), IDisposable
{
    private readonly ActivitySource _page = new("trial.page");
    private readonly ConcurrentBag<Activity> _spans = [];
    private ActivityListener _listener = null!;

    [Fact]
    public async Task messages_of_two_people_stay_each_in_its_own_trace()
    {
        Listen();
        var first = await InPageAsync(() => Anna.Bus.InvokeAsync(new SellStamps(40)));
        var second = await InPageAsync(() => Anna.Bus.InvokeAsync(new SellStamps(40)));
        await Anna.DrainAsync();

        foreach (var trace in (ActivityTraceId[])[first, second])
        {
            var invoked = Spans(trace, "invoke SellStamps").ShouldHaveSingleItem();
            var stamps = Spans(trace, "handle trial.stamp-sold");
            stamps.Count.ShouldBe(40);
            stamps.ShouldAllBe(s => s.ParentSpanId == invoked.SpanId);
            var sheets = Spans(trace, "handle trial.sheet-used");
            sheets.Count.ShouldBe(4);
            sheets.ShouldAllBe(s => stamps.Any(stamp => stamp.SpanId == s.ParentSpanId));
        }
    }

    [Fact]
    public async Task an_attempt_that_failed_and_the_one_after_it_are_in_the_trace_of_the_sender()
    {
        var attempts = 0;
        Board.On(
            "letter",
            _ =>
            {
                if (attempts++ == 0)
                    throw new TimeoutException("the post office is closed");
            }
        );
        Listen();
        var trace = await InPageAsync(() => Anna.Bus.PublishAsync(new LetterDue("Lebach", Money.Zero)).AsTask());
        await Anna.DrainAsync();

        var sent = Spans(trace, "publish trial.letter-due").ShouldHaveSingleItem();
        var handled = Spans(trace, "handle trial.letter-due").OrderBy(s => s.StartTimeUtc).ToList();
        handled.ShouldAllBe(s => s.ParentSpanId == sent.SpanId);
        handled.Select(s => s.Status).ShouldBe([ActivityStatusCode.Error, ActivityStatusCode.Unset]);
        handled[0].StatusDescription.ShouldBe(nameof(TimeoutException), "the sentence of an exception may quote anything");
    }

    [Fact]
    public async Task a_scheduled_message_is_handled_in_the_trace_of_whoever_scheduled_it()
    {
        Listen();
        var trace = await InPageAsync(() => Anna.Bus.ScheduleAsync(new SheetUsed(7), Office.Clock.GetUtcNow().AddMilliseconds(150)).AsTask());
        await UntilAsync(async () =>
        {
            await Anna.DrainAsync();
            return Spans(trace, "handle trial.sheet-used").Count == 1;
        });
    }

    [Fact]
    public async Task whoever_starts_the_workers_does_not_get_other_messages_into_its_trace()
    {
        await Anna.Bus.PublishAsync(new SheetUsed(8)); // nobody traces this
        Listen();
        var trace = await InPageAsync(async () =>
        {
            await Anna.Bus.PublishAsync(new SheetUsed(9));
            await Anna.Services.GetRequiredService<IMessageDrain>().DrainEverythingAsync();
        });

        _spans
            .Count(s =>
                s.OperationName == "handle trial.sheet-used"
                && s.TraceId != trace
                && Equals(s.GetTagItem("messaging.message.conversation_id"), Anna.Bus.CorrelationId)
            )
            .ShouldBe(1);
        Spans(trace, "handle trial.sheet-used").Count.ShouldBe(1);
    }

    public void Dispose()
    {
        _listener?.Dispose();
        _page.Dispose();
    }

    private void Listen()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is MessagingTelemetry.Name or "trial.page",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Add,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    private async Task<ActivityTraceId> InPageAsync(Func<Task> act)
    {
        using var request = _page.StartActivity("request")!;
        await act();
        return request.TraceId;
    }

    private List<Activity> Spans(ActivityTraceId trace, string name) => [.. _spans.Where(s => s.TraceId == trace && s.OperationName == name)];
}
