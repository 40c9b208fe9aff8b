using System.Collections.Concurrent;
using Association.Platform.Messaging;
using Microsoft.AspNetCore.Http;

namespace Association.EndToEnd.Tests;

/// <summary>What the office would answer to a command.</summary>
/// <param name="Command">Its name.</param>
/// <param name="MayNot">Whether whoever asked lacks the permission.</param>
/// <param name="Problems">What its <c>Validate</c> says.</param>
internal sealed record Asked(string Command, bool MayNot, IReadOnlyList<Problem> Problems);

/// <summary>
/// The bus of a test's office. A request with <see cref="Header"/> only asks: its commands are checked as far as their permission and their <c>Validate</c>, the
/// answer is noted under the header's value, and nothing is written. All other requests reach the bus itself.
/// </summary>
internal sealed class AskingBus(IMessageBus bus, IHttpContextAccessor http) : IMessageBus
{
    public const string Header = "X-Only-Ask";

    private static readonly ConcurrentDictionary<string, ConcurrentQueue<Asked>> Answers = new();

    /// <summary>What was asked under this value; it is forgotten.</summary>
    public static IReadOnlyList<Asked> Take(string value) => Answers.TryRemove(value, out var asked) ? [.. asked] : [];

    public Guid CorrelationId => bus.CorrelationId;

    public Guid? FormToken
    {
        get => bus.FormToken;
        set => bus.FormToken = value;
    }

    private string? Asking => http.HttpContext?.Request.Headers[Header].FirstOrDefault();

    public Task InvokeAsync(object message, CancellationToken ct = default) =>
        Asking is { } value ? AskAsync<object>(value, message, ct) : bus.InvokeAsync(message, ct);

    public Task<T> InvokeAsync<T>(object message, CancellationToken ct = default) =>
        Asking is { } value ? AskAsync<T>(value, message, ct) : bus.InvokeAsync<T>(message, ct);

    public Task<IReadOnlyList<Problem>> ProblemsAsync(object command, CancellationToken ct = default) => bus.ProblemsAsync(command, ct);

    public Task<TAnswer> QueryAsync<TAnswer>(IQuery<TAnswer> query, CancellationToken ct = default) => bus.QueryAsync(query, ct);

    public ValueTask SendAsync(object message, CancellationToken ct = default) => bus.SendAsync(message, ct);

    public ValueTask PublishAsync(object message, CancellationToken ct = default) => bus.PublishAsync(message, ct);

    public ValueTask ScheduleAsync(object message, DateTimeOffset when, CancellationToken ct = default) => bus.ScheduleAsync(message, when, ct);

    private async Task<T> AskAsync<T>(string value, object command, CancellationToken ct)
    {
        var (mayNot, problems) = (false, (IReadOnlyList<Problem>)[]);
        try
        {
            problems = await bus.ProblemsAsync(command, ct);
        }
        catch (PermissionDeniedException)
        {
            mayNot = true;
        }
        Answers.GetOrAdd(value, _ => new()).Enqueue(new Asked(command.GetType().Name, mayNot, problems));
        throw new ProblemsException([new Problem("", "Only asked.")]);
    }
}
