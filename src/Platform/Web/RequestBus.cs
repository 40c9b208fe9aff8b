using Association.Platform.Messaging;
using Microsoft.AspNetCore.Http;

namespace Association.Platform.Web;

/// <summary>The bus as pages and forms have it: whoever leaves the page ends what it asked for. A call with a token of its own keeps that one.</summary>
internal sealed class RequestBus(IMessageBus bus, IHttpContextAccessor http) : IMessageBus
{
    public Guid CorrelationId => bus.CorrelationId;

    public Guid? FormToken
    {
        get => bus.FormToken;
        set => bus.FormToken = value;
    }

    public Task InvokeAsync(object message, CancellationToken ct = default) => bus.InvokeAsync(message, Or(ct));

    public Task<T> InvokeAsync<T>(object message, CancellationToken ct = default) => bus.InvokeAsync<T>(message, Or(ct));

    public Task<TAnswer> QueryAsync<TAnswer>(IQuery<TAnswer> query, CancellationToken ct = default) => bus.QueryAsync(query, Or(ct));

    public ValueTask SendAsync(object message, CancellationToken ct = default) => bus.SendAsync(message, Or(ct));

    public ValueTask PublishAsync(object message, CancellationToken ct = default) => bus.PublishAsync(message, Or(ct));

    public ValueTask ScheduleAsync(object message, DateTimeOffset when, CancellationToken ct = default) => bus.ScheduleAsync(message, when, Or(ct));

    private CancellationToken Or(CancellationToken ct) => ct.CanBeCanceled ? ct : http.HttpContext?.RequestAborted ?? default;
}
