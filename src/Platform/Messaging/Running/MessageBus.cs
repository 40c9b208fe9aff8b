using System.Diagnostics;
using Association.Platform.Data;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging.Model;
using Association.Platform.Messaging.Storing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Npgsql;

namespace Association.Platform.Messaging.Running;

internal sealed class MessageBus(
    MessagingModel model,
    HandlerRunner runner,
    MessageRouter router,
    BusConnections connections,
    MessageWriter writer,
    OwnQueues queues,
    BusObserver observer,
    BusScope scope,
    CurrentUser user,
    IServiceProvider services
) : IMessageBus
{
    public Guid? FormToken { get; set; }

    public Guid CorrelationId => scope.CorrelationId;

    private Origin Origin => new(scope.CorrelationId, scope.Received?.Id, user.Actor, Activity.Current?.Id ?? scope.Received?.TraceParent);

    public Task InvokeAsync(object message, CancellationToken ct = default) => InvokeAsync(message, answer => answer, ct);

    public async Task<T> InvokeAsync<T>(object message, CancellationToken ct = default)
    {
        if (message is IQuery<T> query)
            return await QueryAsync(query, ct);
        T response = default!;
        await InvokeAsync(
            message,
            answer =>
            {
                (response, var rest) = Cascade.Split<T>(answer);
                return rest;
            },
            ct
        );
        return response;
    }

    public async Task<IReadOnlyList<Problem>> ProblemsAsync(object command, CancellationToken ct = default) =>
        Unusable(Permitted(command), command) is { Count: > 0 } unusable
            ? unusable
            : await runner.ProblemsAsync(model.OnlyHandlerOf(command.GetType()), command, Origin, ct);

    public async Task<TAnswer> QueryAsync<TAnswer>(IQuery<TAnswer> query, CancellationToken ct = default)
    {
        var handler = Permitted(query);
        var answer = scope.Unit is null ? await runner.AskAsync(handler, query, Origin, ct) : await HandlerRunner.AskInAsync(handler, query, services, ct);
        return Cascade.Split<TAnswer>(answer).Response;
    }

    public async ValueTask SendAsync(object message, CancellationToken ct = default)
    {
        var outgoing = router.Route(message);
        if (outgoing.Handlers is [])
            throw new InvalidOperationException($"Nobody handles {message.GetType().Name}.");
        await StoreAsync(outgoing, ct);
    }

    public ValueTask PublishAsync(object message, CancellationToken ct = default) => StoreAsync(router.Route(message), ct);

    public ValueTask ScheduleAsync(object message, DateTimeOffset when, CancellationToken ct = default) =>
        StoreAsync(router.Route(new ScheduledMessage(message, when)), ct);

    private async Task InvokeAsync(object message, Func<object?, object?> cascade, CancellationToken ct)
    {
        var handler = Permitted(message);
        if (handler.Message.Kind == MessageKind.Query)
            throw new InvalidOperationException($"{message.GetType().Name} is a query; ask it with QueryAsync.");
        if (scope.Unit is not null)
            throw new InvalidOperationException(
                $"{message.GetType().Name} is invoked by a handler, whose transaction it would not be part of: call its function, or send a message."
            );
        if (Unusable(handler, message) is { Count: > 0 } unusable)
            throw new ProblemsException(unusable);
        using var activity = MessagingTelemetry.Calling("invoke", handler.Message.Type.Name, ActivityKind.Internal);
        await runner.InvokeAsync(handler, message, Origin, FormToken, cascade, ct);
        FormToken = null; // used up; a refused submission keeps it for the corrected one
    }

    private HandlerDefinition Permitted(object message)
    {
        var handler = model.OnlyHandlerOf(message.GetType());
        AccessCheck.Demand(handler.Message, user.Actor);
        return handler;
    }

    private List<Problem> Unusable(HandlerDefinition handler, object message)
    {
        if (handler.Message.InternalOnly)
            return [];
        var range = DayRange.Historic(services.GetRequiredService<TimeProvider>().Today());
        var (unseen, far) = (UnseenText.In(message), FarDays.In(message, range));
        if (unseen.Count + far.Count == 0)
            return [];
        var texts = services.GetRequiredService<IStringLocalizer<MessagingTexts>>();
        return
        [
            .. unseen.Select(name => new Problem(name, texts["Unseen", name])),
            .. far.Select(f => new Problem(f.Name, texts["FarDay", f.Day, range.Earliest, range.Latest])),
        ];
    }

    private async ValueTask StoreAsync(OutgoingMessage message, CancellationToken ct)
    {
        if (message.Handlers is [])
            return;
        if (scope.Unit is { } unit)
        {
            unit.Send(message);
            return;
        }
        using var activity = MessagingTelemetry.Calling("publish", message.Name, ActivityKind.Producer);
        await using var connection = await connections.Database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection); // a batch without transaction is one: all or nothing
        var origin = Origin;
        var own = writer.Append(batch, [message], origin);
        await batch.PrepareAsync(ct);
        await queues.CommitAsync(
            connection,
            own,
            async () =>
            {
                await batch.ExecuteNonQueryAsync(CancellationToken.None);
                observer.OnSent(origin, [message]);
            }
        );
    }
}
