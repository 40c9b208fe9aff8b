using System.Runtime.CompilerServices;

namespace Association.Testing;

/// <summary>Waits for a condition instead of a time.</summary>
public static class Waiting
{
    /// <exception cref="TimeoutException">It did not come; the message says what.</exception>
    public static async Task UntilAsync(Func<Task<bool>> condition, int seconds, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (!await condition())
        {
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"After {seconds} seconds not yet: {what}");
            await Task.Delay(20, CancellationToken.None);
        }
    }
}
