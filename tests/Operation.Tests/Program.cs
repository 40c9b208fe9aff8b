using System.Globalization;
using Association.Operation.Tests.Trial;
using Association.Testing;

namespace Association.Operation.Tests;

/// <summary>The child process of <see cref="TakeOverTests"/>: its scheduler fires the job and then stands still, just before the run is stored.</summary>
internal static class Program
{
    public static async Task Main(string[] args)
    {
        if (args is not ["fire", var connectionString, var now]) return;
        var clock = new FakeClock();
        clock.Set(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));
        var job = TrialModule.Job("trial.nightly", message: run =>
        {
            if (run.Id != Guid.Empty) // start-up asks for a message, too, to see whether it is handled
            {
                Console.WriteLine("firing");
                Thread.Sleep(Timeout.Infinite);
            }
            return new LeaveEffect("", default, default, default);
        });
        await new JobHost(JobHost.Compose(connectionString, clock, job)).StartAsync();
        while (await Console.In.ReadLineAsync() is not null)
        {
            // until the parent closes the pipe
        }
    }
}
