using System.Collections.Concurrent;
using Association.Platform.Data.Users;

namespace Association.Messaging.Tests.Trial;

/// <summary>Lets a test decide what happens inside a handler: fail, wait, look.</summary>
internal sealed class Switchboard
{
    private readonly ConcurrentDictionary<string, Func<string, CancellationToken, Task>> _lines = new();

    /// <summary>Sees who acts in <see cref="SecondThingMadeHandler"/>.</summary>
    public Action<Actor>? OnUser { get; set; }

    public void On(string handler, Func<string, CancellationToken, Task> what) => _lines[handler] = what;

    public void On(string handler, Action<string> what) =>
        _lines[handler] = (subject, _) =>
        {
            what(subject);
            return Task.CompletedTask;
        };

    public Task CallAsync(string handler, string subject, CancellationToken ct) =>
        _lines.TryGetValue(handler, out var what) ? what(subject, ct) : Task.CompletedTask;
}
