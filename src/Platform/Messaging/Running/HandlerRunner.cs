using System.Data;
using System.Reflection;
using System.Runtime.CompilerServices;
using Association.Platform.Data;
using Association.Platform.Data.Users;
using Association.Platform.Messaging.Model;
using Association.Platform.Messaging.Storing;
using JasperFx;
using Marten;
using Marten.Exceptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Association.Platform.Messaging.Running;

/// <summary>Runs one handler in a scope and a transaction of its own; for callers and for workers alike.</summary>
internal sealed class HandlerRunner(
    IServiceScopeFactory scopes,
    OfficeDatabase database,
    MessageRouter router,
    MessageWriter writer,
    OwnQueues queues,
    BusObserver observer
)
{
    /// <summary>Load, validate, handle, save, store the messages, commit: now, for a caller.</summary>
    /// <param name="formToken">Used up in the transaction.</param>
    /// <param name="cascade">Takes the answer; returns what of it goes on as messages.</param>
    public async Task InvokeAsync(
        HandlerDefinition handler,
        object message,
        Origin origin,
        Guid? formToken,
        Func<object?, object?> cascade,
        CancellationToken ct
    )
    {
        await using var held = await database.OpenConnectionAsync(ct);
        var isOfOneMoment = handler.Message.Type.IsDefined(typeof(OneMomentAttribute), inherit: false);
        await using var unit = await UnitOfWork.BeginAsync(held, isOfOneMoment ? IsolationLevel.RepeatableRead : IsolationLevel.ReadCommitted, ct);
        held.WorkIn(unit.Transaction);
        await BeginAsync(unit, origin.Actor, formToken, ct);
        await RunAsync(unit, held, handler, message, origin, null, cascade, ct);
    }

    /// <summary>The same for a stored message whose trail the transaction has ended; that commits with the handler's changes.</summary>
    public async Task HandleAsync(UnitOfWork unit, HandlerDefinition handler, object message, Received received, string? traceParent, CancellationToken ct)
    {
        await using var held = database.Hold(unit.Connection);
        held.WorkIn(unit.Transaction);
        await RunAsync(
            unit,
            held,
            handler,
            message,
            new Origin(received.CorrelationId, received.Id, received.Actor, traceParent ?? received.TraceParent),
            received,
            answer => answer,
            ct
        );
    }

    /// <summary>Answers a query: no transaction, nothing saved. Whoever asks while holding a connection is answered on that one.</summary>
    public async Task<object?> AskAsync(HandlerDefinition handler, object query, Origin origin, CancellationToken ct)
    {
        await using var held = await database.HoldAsync(ct);
        await using var scope = Open(origin.Actor);
        scope.ServiceProvider.GetRequiredService<BusScope>().CorrelationId = origin.CorrelationId;
        scope.ServiceProvider.GetRequiredService<ScopeConnection>().Use(held, null);
        return await AskInAsync(handler, query, scope.ServiceProvider, ct);
    }

    /// <summary>Loads and validates, and writes nothing.</summary>
    public async Task<IReadOnlyList<Problem>> ProblemsAsync(HandlerDefinition handler, object message, Origin origin, CancellationToken ct)
    {
        await using var held = await database.OpenConnectionAsync(ct);
        await using var unit = await UnitOfWork.BeginAsync(held, IsolationLevel.ReadCommitted, ct);
        held.WorkIn(unit.Transaction);
        return await InScopeAsync(unit, held, origin, null, services => FindProblemsAsync(handler, new HandlerCall(message, services, SessionOf, ct)));
    }

    /// <summary>Answers a query with the services of whoever asks, so that it sees the running transaction.</summary>
    public static Task<object?> AskInAsync(HandlerDefinition handler, object query, IServiceProvider services, CancellationToken ct) =>
        CallAsync(handler, query, services, ct);

    private async Task RunAsync(
        UnitOfWork unit,
        HeldConnection held,
        HandlerDefinition handler,
        object message,
        Origin origin,
        Received? received,
        Func<object?, object?> cascade,
        CancellationToken ct
    )
    {
        await InScopeAsync(
            unit,
            held,
            origin,
            received,
            async services =>
            {
                try
                {
                    if (handler.ContextType is { } context)
                        unit.Enlist((ModuleDbContext)services.GetRequiredService(context));
                    var answer = await CallAsync(handler, message, services, ct);
                    foreach (var next in Cascade.Messages(cascade(answer)))
                        unit.Send(router.Route(next));
                    await unit.SaveAsync(ct);
                    return answer;
                }
                catch (Exception e) when (IsConflict(e))
                {
                    throw new ConcurrentEditException("The record was changed meanwhile; nothing was written.", e);
                }
            }
        );
        await queues.CommitAsync(
            unit.Connection,
            unit.Own,
            async () =>
            {
                await unit.CommitAsync(writer, origin, ct);
                observer.OnSent(origin, unit.Outbox);
            }
        );
    }

    // A scope whose services all work in the unit's transaction; it ends before that does.
    private async Task<T> InScopeAsync<T>(UnitOfWork unit, HeldConnection held, Origin origin, Received? received, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = Open(origin.Actor);
        var services = scope.ServiceProvider;
        var busScope = services.GetRequiredService<BusScope>();
        (busScope.Unit, busScope.CorrelationId, busScope.Received) = (unit, origin.CorrelationId, received);
        var connection = services.GetRequiredService<ScopeConnection>();
        connection.Use(unit.Connection, unit.Transaction);
        try
        {
            return await work(services);
        }
        finally
        {
            busScope.Unit = null;
            connection.Release();
            unit.Release();
            held.LetGo();
        }
    }

    private AsyncServiceScope Open(Actor actor)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Actor = actor;
        return scope;
    }

    // A stream that two begin at once is the first conflict of its life.
    private static bool IsConflict(Exception e) => e is DbUpdateConcurrencyException or ConcurrencyException or ExistingStreamIdCollisionException;

    private static async Task<object?> CallAsync(HandlerDefinition handler, object message, IServiceProvider services, CancellationToken ct)
    {
        var call = new HandlerCall(message, services, SessionOf, ct);
        if (await FindProblemsAsync(handler, call) is { Count: > 0 } problems)
            throw new ProblemsException(problems);
        return await handler.Handle(call);
    }

    private static async Task<IReadOnlyList<Problem>> FindProblemsAsync(HandlerDefinition handler, HandlerCall call)
    {
        if (handler.Load is not null)
            call.Loaded = Parts(await handler.Load(call));
        return handler.Validate is null ? [] : Problems(await handler.Validate(call));
    }

    private static IDocumentSession SessionOf(IServiceProvider services, Assembly module) => services.GetRequiredService<DocumentSessions>().Of(module);

    private static object?[] Parts(object? loaded) => loaded is ITuple tuple ? [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i])] : [loaded];

    private static List<Problem> Problems(object? answer) =>
        answer switch
        {
            Problem problem => [problem],
            IEnumerable<Problem?> problems => [.. problems.OfType<Problem>()],
            _ => [],
        };

    // Who acts, for the audit triggers; and the form's token, whose second use waits for the first to commit and then finds it.
    private static async Task BeginAsync(UnitOfWork unit, Actor actor, Guid? formToken, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(unit.Connection, unit.Transaction);
        batch.BatchCommands.Add(
            new NpgsqlBatchCommand("select set_config('association.user_id', $1, true), set_config('association.user_name', $2, true)")
            {
                Parameters =
                {
                    new() { Value = actor.Id?.Value.ToString() ?? "" },
                    new() { Value = actor.Name },
                },
            }
        );
        NpgsqlBatchCommand? use = null;
        if (formToken is { } token)
        {
            use = new NpgsqlBatchCommand("insert into platform.used_form_token (token) values ($1) on conflict do nothing")
            {
                Parameters = { new() { Value = token } },
            };
            batch.BatchCommands.Add(use);
        }
        await batch.PrepareAsync(ct);
        try
        {
            await batch.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.SerializationFailure)
        {
            throw new AlreadySubmittedException(); // used by another one since this one's moment
        }
        if (use is { RecordsAffected: 0 })
            throw new AlreadySubmittedException();
    }
}
