using Association.Platform.Messaging;
using Microsoft.AspNetCore.Http;

namespace Association.Platform.Web;

/// <summary>
/// The bus as pages and forms have it: whoever leaves the page ends what it asked for. Only questions end, and only those of the page itself: what writes
/// goes on to its end, with all that its handlers ask meanwhile. A question with a token of its own keeps that one.
/// </summary>
internal sealed class RequestBus(IMessageBus bus, IHttpContextAccessor http, IServiceProvider services) : IMessageBus
{
    public Guid CorrelationId => bus.CorrelationId;

    public Guid? FormToken
    {
        get => bus.FormToken;
        set => bus.FormToken = value;
    }

    // Handlers have scopes of their own, below the same request.
    private CancellationToken Request =>
        http.HttpContext is { } context && ReferenceEquals(context.RequestServices, services) ? context.RequestAborted : default;

    public Task InvokeAsync(object message, CancellationToken ct = default) => bus.InvokeAsync(message, ct);

    public Task<T> InvokeAsync<T>(object message, CancellationToken ct = default) => bus.InvokeAsync<T>(message, ct);

    public Task<IReadOnlyList<Problem>> ProblemsAsync(object command, CancellationToken ct = default) =>
        bus.ProblemsAsync(command, ct.CanBeCanceled ? ct : Request);

    public Task<TAnswer> QueryAsync<TAnswer>(IQuery<TAnswer> query, CancellationToken ct = default) => bus.QueryAsync(query, ct.CanBeCanceled ? ct : Request);

    public ValueTask SendAsync(object message, CancellationToken ct = default) => bus.SendAsync(message, ct);

    public ValueTask PublishAsync(object message, CancellationToken ct = default) => bus.PublishAsync(message, ct);

    public ValueTask ScheduleAsync(object message, DateTimeOffset when, CancellationToken ct = default) => bus.ScheduleAsync(message, when, ct);
}
