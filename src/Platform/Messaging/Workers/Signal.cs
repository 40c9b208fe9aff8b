using System.Threading.Channels;

namespace Association.Platform.Messaging.Workers;

/// <summary>Wakes one waiter; being set twice before it looks wakes it once.</summary>
internal sealed class Signal
{
    private readonly Channel<bool> _set = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _set.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken ct) => await _set.Reader.ReadAsync(ct);

    /// <summary>Waits, but no longer than this.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(atMost);
        try
        {
            await _set.Reader.ReadAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // the time is over
        }
    }
}
