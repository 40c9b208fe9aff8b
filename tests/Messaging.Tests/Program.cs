using System.Globalization;
using System.Runtime.InteropServices;
using Association.Messaging.Tests.Crashes;
using Association.Messaging.Tests.Trial;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace Association.Messaging.Tests;

/// <summary>What a <see cref="ChildProcess"/> does until it is killed, is asked to stop, or its parent ends.</summary>
internal static class Program
{
    /// <summary>Said once it works.</summary>
    public const string Working = "working";

    public static Task<int> Main(string[] args) =>
        args switch
        {
            ["work", var database] => WorkAsync(database, Mixture.Configure, Mixture.Disturb),
            ["work-calmly", var database] => WorkAsync(database, Mixture.Configure, _ => { }),
            ["work-slowly", var database] => WorkAsync(database, Mixture.Configure, board => board.On("first", (_, ct) => Task.Delay(20, ct))),
            ["work-and-die", var database] => WorkAsync(database, PoisonedProcessTests.Configure, PoisonedProcessTests.Behave),
            ["send", var database, var prefix] => SendAsync(database, prefix),
            _ => Task.FromResult(2),
        };

    private static async Task<int> WorkAsync(string database, Action<MessagingOptions> options, Action<Switchboard> behave)
    {
        var host = await TrialOffice.HostAsync(database, options, behave: behave);
        var stopping = new TaskCompletionSource();
        using var asked = PosixSignalRegistration.Create(
            PosixSignal.SIGTERM,
            signal =>
            {
                signal.Cancel = true;
                stopping.TrySetResult();
            }
        );
        Console.WriteLine(Working);
        await Task.WhenAny(stopping.Task, ParentEndsAsync());
        await TrialOffice.StopAsync(host);
        return 0;
    }

    /// <summary>Makes things as fast as it can, and says which are made.</summary>
    private static async Task<int> SendAsync(string database, string prefix)
    {
        await using var host = await TrialOffice.HostAsync(database, working: false);
        Console.WriteLine(Working);
        var end = ParentEndsAsync();
        for (var i = 0; !end.IsCompleted; i++)
        {
            await using var scope = host.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentUser>().Actor = TrialOffice.Clerk;
            var name = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{i}");
            await scope.ServiceProvider.GetRequiredService<IMessageBus>().InvokeAsync(new MakeThing(name));
            Console.WriteLine(name);
        }
        return 0;
    }

    // The console reads while its caller waits, asynchronous or not: on a thread of its own.
    private static Task ParentEndsAsync() =>
        Task.Factory.StartNew(
            () =>
            {
                while (Console.In.ReadLine() is not null)
                {
                    // until the parent closes the pipe
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
}
