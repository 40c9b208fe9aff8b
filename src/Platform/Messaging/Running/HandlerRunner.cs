using System.Runtime.CompilerServices;
using Association.Platform.Data;
using Association.Platform.Data.Users;
using Association.Platform.Messaging.Delivery;
using Association.Platform.Messaging.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Association.Platform.Messaging.Running;

/// <summary>Runs one handler in a scope and a transaction of its own; for callers and for workers alike.</summary>
internal sealed class HandlerRunner(IServiceScopeFactory scopes, NpgsqlDataSource database, MessageRouter router, MessageWriter writer, DeliveryNode node, BusObserver observer)
{
    /// <summary>Load, validate, handle, save, store the messages, commit: now, for a caller.</summary>
    /// <param name="formToken">Used up in the transaction.</param>
    /// <param name="cascade">Takes the answer; returns what of it goes on as messages.</param>
    public async Task InvokeAsync(HandlerDefinition handler, object message, Origin origin, Guid? formToken, Func<object?, object?> cascade, CancellationToken ct)
    {
        await using var unit = await UnitOfWork.BeginAsync(database, ct);
        await BeginAsync(unit, origin.Actor, formToken, ct);
        await RunAsync(unit, handler, message, origin, null, cascade, ct);
        await CommitAsync(unit, ct);
    }

    /// <summary>The same for a stored message whose trail the transaction has ended; that commits with the handler's changes.</summary>
    public async Task HandleAsync(UnitOfWork unit, HandlerDefinition handler, object message, Received received, string? traceParent, CancellationToken ct)
    {
        await RunAsync(unit, handler, message, new Origin(received.CorrelationId, received.Id, received.Actor, traceParent ?? received.TraceParent), received, answer => answer, ct);
        await CommitAsync(unit, ct);
    }

    /// <summary>Runs a nested handler in the transaction of the one that invokes it.</summary>
    public async Task JoinAsync(UnitOfWork unit, HandlerDefinition handler, object message, IServiceProvider services, Func<object?, object?> cascade, CancellationToken ct)
    {
        try
        {
            if (ContextOf(handler, services) is { } context) await unit.EnlistAsync(context, ct);
            await RunInAsync(unit, handler, message, services, cascade, ct);
            await SaveAsync(unit, ct);
        }
        catch (Exception e) when (e is not ProblemsException { IsFromValidate: true })
        {
            unit.Fail(e);
            throw;
        }
    }

    /// <summary>Answers a query: no transaction, nothing saved.</summary>
    public async Task<object?> AskAsync(HandlerDefinition handler, object query, Origin origin, CancellationToken ct)
    {
        await using var scope = Open(origin.Actor);
        scope.ServiceProvider.GetRequiredService<BusScope>().CorrelationId = origin.CorrelationId;
        return await AskInAsync(handler, query, scope.ServiceProvider, ct);
    }

    /// <summary>Answers a query with the services of whoever asks, so that it sees the running transaction.</summary>
    public static Task<object?> AskInAsync(HandlerDefinition handler, object query, IServiceProvider services, CancellationToken ct) =>
        CallAsync(handler, query, services, ct);

    private async Task RunAsync(
        UnitOfWork unit, HandlerDefinition handler, object message, Origin origin, Received? received, Func<object?, object?> cascade, CancellationToken ct)
    {
        await using var scope = Open(origin.Actor);
        var services = scope.ServiceProvider;
        var busScope = services.GetRequiredService<BusScope>();
        (busScope.Unit, busScope.CorrelationId, busScope.Received) = (unit, origin.CorrelationId, received);
        try
        {
            if (ContextOf(handler, services) is { } context) await unit.EnlistAsync(context, ct);
            unit.ActFor(origin);
            await RunInAsync(unit, handler, message, services, cascade, ct);
            await SaveAsync(unit, ct);
        }
        finally
        {
            busScope.Unit = null;
            unit.Release();
        }
    }

    private async Task CommitAsync(UnitOfWork unit, CancellationToken ct)
    {
        var own = await unit.CommitAsync(writer, ct);
        foreach (var (origin, messages) in unit.Outbox) observer.OnSent(origin, messages);
        await node.EnqueueAsync(own);
    }

    private AsyncServiceScope Open(Actor actor)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Actor = actor;
        return scope;
    }

    private static ModuleDbContext? ContextOf(HandlerDefinition handler, IServiceProvider services) =>
        handler.ContextType is { } type ? (ModuleDbContext)services.GetRequiredService(type) : null;

    private async Task RunInAsync(UnitOfWork unit, HandlerDefinition handler, object message, IServiceProvider services, Func<object?, object?> cascade, CancellationToken ct)
    {
        try
        {
            var answer = await CallAsync(handler, message, services, ct);
            foreach (var next in Cascade.Messages(cascade(answer))) unit.Send(router.Route(next));
        }
        catch (DbUpdateConcurrencyException e) // a handler may save by itself
        {
            throw Conflict(e);
        }
    }

    private static async Task SaveAsync(UnitOfWork unit, CancellationToken ct)
    {
        try
        {
            await unit.SaveAsync(ct);
        }
        catch (DbUpdateConcurrencyException e)
        {
            throw Conflict(e);
        }
    }

    private static ConcurrentEditException Conflict(DbUpdateConcurrencyException e) => new("The record was changed meanwhile; nothing was written.", e);

    private static async Task<object?> CallAsync(HandlerDefinition handler, object message, IServiceProvider services, CancellationToken ct)
    {
        var call = new HandlerCall(message, services, ct);
        if (handler.Load is not null) call.Loaded = Parts(await handler.Load(call));
        if (handler.Validate is not null && Problems(await handler.Validate(call)) is { Count: > 0 } problems)
            throw new ProblemsException(problems) { IsFromValidate = true };
        return await handler.Handle(call);
    }

    private static object?[] Parts(object? loaded) =>
        loaded is ITuple tuple ? [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i])] : [loaded];

    private static List<Problem> Problems(object? answer) => answer switch
    {
        Problem problem => [problem],
        IEnumerable<Problem?> problems => [.. problems.OfType<Problem>()],
        _ => [],
    };

    // Who acts, for the audit triggers; and the form's token, whose second use waits for the first to commit and then finds it.
    private static async Task BeginAsync(UnitOfWork unit, Actor actor, Guid? formToken, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(unit.Connection, unit.Transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select set_config('association.user_id', $1, true), set_config('association.user_name', $2, true)")
        {
            Parameters = { new() { Value = actor.Id?.Value.ToString() ?? "" }, new() { Value = actor.Name } },
        });
        NpgsqlBatchCommand? use = null;
        if (formToken is { } token)
        {
            use = new NpgsqlBatchCommand("insert into platform.used_form_token (token) values ($1) on conflict do nothing") { Parameters = { new() { Value = token } } };
            batch.BatchCommands.Add(use);
        }
        await batch.PrepareAsync(ct);
        await batch.ExecuteNonQueryAsync(ct);
        if (use is { RecordsAffected: 0 }) throw new AlreadySubmittedException();
    }
}
