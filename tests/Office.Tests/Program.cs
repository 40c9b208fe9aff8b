using System.Globalization;
using Association.Office.Tests.Trial;
using Association.Testing;

namespace Association.Office.Tests;

/// <summary>The child process of <see cref="TakeOverTests"/>: its scheduler fires the job and stands still just before the run is stored, until it is told to
/// go on.</summary>
internal static class Program
{
    public static async Task Main(string[] args)
    {
        if (args is not ["fire", var connectionString, var now])
            return;
        var clock = new FakeClock();
        clock.Set(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));
        var usual = TrialModule.Job("trial.nightly");
        await new JobHost(JobHost.Compose(connectionString, clock, usual with { Message = Fire })).StartAsync();
        await Task.Delay(Timeout.Infinite);

        object Fire(Platform.Web.Modules.JobRun run)
        {
            if (run.Id != Guid.Empty) // start-up asks for a message, too, to see whether it is handled
            {
                Console.WriteLine("firing");
                if (Console.ReadLine() is null)
                    Environment.Exit(1); // the parent is gone
            }
            return usual.Message(run);
        }
    }
}
