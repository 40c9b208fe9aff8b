using Association.Mail.Tests.Server;

namespace Association.Mail.Tests;

/// <summary>What a child process of the tests does until it is killed or its parent ends: it hands mails over.</summary>
internal static class Program
{
    /// <summary>Said once it works.</summary>
    public const string Working = "working";

    public static async Task<int> Main(string[] args)
    {
        if (args is not ["work", var database])
            return 2;
        var host = await MailOffice.HostAsync(database);
        Console.WriteLine(Working);
        await Task.Factory.StartNew(
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
        await MailOffice.StopAsync(host);
        return 0;
    }
}
