using Association.Membership.Tests.Members;

namespace Association.Membership.Tests;

/// <summary>What a child process of the tests does until it is killed or its parent ends: the office writes, and what it stored is worked on.</summary>
internal static class Program
{
    /// <summary>Said once it works.</summary>
    public const string Working = "working";

    public static async Task<int> Main(string[] args)
    {
        if (args is not [var what, var database])
            return 2;
        await using var desk = await LetterHost.StartAsync(database);
        Console.WriteLine(Working);
        if (what == LetterHost.Write)
            await desk.WriteToEverybodyAsync();
        else
            await desk.MailAllAgainAsync();
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
        return 0;
    }
}
