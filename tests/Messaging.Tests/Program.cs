using Association.Messaging.Tests.Trial;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Messaging.Tests;

/// <summary>The child process of <see cref="CrashTests"/>: handles the messages of a database until it is killed, or its parent ends.</summary>
internal static class Program
{
    public static async Task Main(string[] args)
    {
        if (args is not ["work", var connectionString]) return;
        var host = await TrialOffice.HostAsync(connectionString, CrashTests.Configure);
        host.GetRequiredService<Switchboard>().On("first", (_, ct) => Task.Delay(Random.Shared.Next(4), ct)); // so that a kill finds it between write and commit
        Console.WriteLine("working");
        while (await Console.In.ReadLineAsync() is not null)
        {
            // until the parent closes the pipe
        }
    }
}
