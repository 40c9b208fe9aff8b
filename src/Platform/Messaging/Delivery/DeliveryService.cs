using Association.Platform.Messaging.Model;
using Association.Platform.Messaging.Storing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Association.Platform.Messaging.Delivery;

/// <summary>Handles messages for as long as the host runs.</summary>
internal sealed class DeliveryService(
    MessagingModel model,
    IServiceProviderIsService registered,
    DeliveryNode node,
    OwnQueues queues,
    FormerStore former,
    Adoption adoption,
    MessageDelivery delivery,
    PauseWatch pauses,
    Housekeeping housekeeping,
    IOptions<MessagingOptions> options,
    ILogger<DeliveryService> log
) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _background = Task.CompletedTask;
    private bool _joined;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        model.EnsureValid(registered);
        await former.CarryOverAsync(cancellationToken);
        await node.JoinAsync();
        _joined = true;
        await pauses.LookAsync(node.Runtime!, cancellationToken); // before anything is fetched
        _background = Task.WhenAll(EveryAsync(options.Value.PollInterval, LookAsync), EveryAsync(options.Value.HousekeepingInterval, TidyAsync));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!_joined)
            return;
        _joined = false;
        await _stopping.CancelAsync();
        await _background;
        await node.LeaveAsync(cancellationToken);
    }

    // Also when the host never came as far as to stop what had started.
    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task LookAsync(CancellationToken ct)
    {
        await pauses.LookAsync(node.Runtime!, ct);
        await delivery.ReleaseSilentAsync(ct);
        await queues.LetGoAsync(ct);
        while (await adoption.AdoptAsync(null, ct))
        {
            // as long as there are full pages
        }
    }

    private async Task TidyAsync(CancellationToken ct)
    {
        await housekeeping.ForgetAsync(ct);
        await housekeeping.ParkUnknownAsync(ct);
    }

    private async Task EveryAsync(TimeSpan interval, Func<CancellationToken, Task> look)
    {
        var stopping = _stopping.Token;
        while (true)
        {
            await Task.Delay(interval, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stopping.IsCancellationRequested)
                return;
            try
            {
                await look(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                log.LogWarning(e, "Looking after the messages failed; tried again in {Wait}", interval);
            }
        }
    }
}
