using System.Diagnostics;
using System.Diagnostics.Metrics;
using Association.Events.Booking.Model;
using Association.Events.Contracts;
using Shouldly;
using Xunit;

namespace Association.Events.Tests.Booking;

/// <summary>What a registration costs does not grow with those that are there; counted in what goes to the database and comes from it, not in time.</summary>
public sealed class CostTests(EventsOffice office) : IClassFixture<EventsOffice>
{
    [Theory]
    [InlineData(null)] // everybody has a seat
    [InlineData(5)] // most wait
    public async Task a_registration_behind_two_thousand_costs_what_one_behind_ten_does(int? seats)
    {
        var few = await CostOfRegisteringAsync(await FilledAsync(seats, 10));
        var many = await CostOfRegisteringAsync(await FilledAsync(seats, 2_000));
        many.ShouldBe(few);
        few.Commands.ShouldBeInRange(4, 12);
        few.Bytes.ShouldBeInRange(100, 4_000);
    }

    [Fact]
    public async Task a_cancellation_before_two_thousand_who_wait_reads_what_one_before_ten_does()
    {
        var few = await CostOfCancellingAsync(await FilledAsync(5, 10));
        var many = await CostOfCancellingAsync(await FilledAsync(5, 2_000));
        many.ShouldBe(few);
    }

    private async Task<EventId> FilledAsync(int? seats, int count)
    {
        var (id, _) = await office.PlanAsync(seats);
        await office.InvokeAsync(
            new RegisterSeats(id, GroupId.New(), false, [.. Enumerable.Range(0, count).Select(_ => new Seat(RegistrationId.New(), []))], ByOffice: true)
        );
        await office.InvokeAsync(EventsOffice.One(id)); // all is prepared
        return id;
    }

    private Task<Cost> CostOfRegisteringAsync(EventId id) => LeastAsync(() => Task.FromResult<BookCommand>(EventsOffice.One(id)));

    // Those who registered alone: of a group all are read.
    private Task<Cost> CostOfCancellingAsync(EventId id) =>
        LeastAsync(async () =>
        {
            var form = EventsOffice.One(id);
            await office.InvokeAsync(form);
            return new CancelRegistrations(id, form.Named, CancelReason.ByPerson);
        });

    // Whichever connection the pool gives: the first time on each also says what the statements are.
    private async Task<Cost> LeastAsync(Func<Task<BookCommand>> next)
    {
        var costs = new List<Cost>();
        for (var i = 0; i < 10; i++)
            costs.Add(await MeasureAsync(await next()));
        return costs.MinBy(c => c.Bytes)!;
    }

    private async Task<Cost> MeasureAsync(BookCommand command)
    {
        var (commands, bytes, trace) = (0, 0L, (ActivityTraceId?)null);
        using var source = new ActivitySource("Cost");
        using var activities = new ActivityListener
        {
            ShouldListenTo = s => s.Name is "Npgsql" or "Cost",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = a => commands += a.Source.Name == "Npgsql" && IsOurs() ? 1 : 0,
        };
        ActivitySource.AddActivityListener(activities);
        using var meters = new MeterListener();
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Npgsql" && instrument.Name.EndsWith("bytes_read", StringComparison.Ordinal))
                listener.EnableMeasurementEvents(instrument);
        };
        meters.SetMeasurementEventCallback<long>((_, read, _, _) => bytes += IsOurs() ? read : 0);
        meters.Start();
        using var ours = source.StartActivity("ours")!;
        trace = ours.TraceId;
        await office.InvokeAsync(command);
        return new Cost(commands, bytes);

        // What runs in the background is not ours.
        bool IsOurs() => trace is not null && Activity.Current?.TraceId == trace;
    }

    private sealed record Cost(int Commands, long Bytes);
}
