using System.Globalization;
using Association.Events.Attending.Model;
using Association.Events.Planning;
using Association.Events.Planning.Model;
using Association.Platform.Data.Kernel;
using Association.Platform.Data.Users;
using Association.Platform.Messaging;
using Marten;
using Microsoft.Extensions.Localization;

namespace Association.Events.Attending.Door;

/// <summary>What a phone noted while it had no network: each as if it came now, with its own time. Sent twice, nothing is noted twice.</summary>
/// <param name="Number">Of the event.</param>
/// <param name="Lines">A scan a line: id, code, part (or nothing), <c>arrived</c> or <c>left</c>, time in UTC; with semicolons between.</param>
[Permission(AttendingFeature.CheckIn)]
internal sealed record NoteScans(int Number, string Lines) : ICommand;

/// <summary>What became of each line, in their order.</summary>
/// <param name="Scans">As many as lines.</param>
internal sealed record NotedScans(IReadOnlyList<NotedScan> Scans);

/// <summary>A line.</summary>
/// <param name="Line">As it came.</param>
/// <param name="Answer">Null when it could not be read.</param>
/// <param name="Problem">Why it could not be noted; empty when it was.</param>
internal sealed record NotedScan(string Line, DoorAnswer? Answer, string Problem);

internal static class NoteScansHandler
{
    private const int MostLines = 5_000;

    public static Task<EventPlan?> LoadAsync(NoteScans command, IDocumentSession session, CancellationToken ct) => session.FindAsync(command.Number, ct);

    public static Problem? Validate(NoteScans command, EventPlan? plan, IStringLocalizer<EventTexts> planned, IStringLocalizer<AttendingTexts> texts) =>
        plan is null ? new("", planned["Problem.Gone"])
        : Split(command.Lines).Length > MostLines ? new(nameof(command.Lines), texts["Problem.TooManyScans", new Count(MostLines)])
        : null;

    public static async Task<NotedScans> HandleAsync(
        NoteScans command,
        EventPlan plan,
        IUnitOfWork unit,
        CurrentUser user,
        TimeProvider clock,
        IStringLocalizer<EventTexts> planned,
        IStringLocalizer<AttendingTexts> texts,
        CancellationToken ct
    )
    {
        var noted = new List<NotedScan>();
        // In the order in which they were scanned, whatever the phone made of it.
        foreach (var (line, scan) in Split(command.Lines).Select(l => (l, Read(command.Number, l))).OrderBy(s => s.Item2?.At))
            if (scan is null)
                noted.Add(new(line, null, texts["Problem.Unreadable"]));
            else if (CheckInHandler.Validate(scan, plan, clock, planned, texts) is { } problem)
                noted.Add(new(line, null, problem.Text));
            else
                noted.Add(new(line, await CheckInHandler.HandleAsync(scan, plan, unit, user, clock, ct), ""));
        return new(noted);
    }

    private static string[] Split(string lines) => lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static CheckIn? Read(int number, string line) =>
        line.Split(';', StringSplitOptions.TrimEntries) is [var id, var code, var part, var kind, var at]
        && Guid.TryParse(id, out var scanned)
        && (part.Length == 0 || Guid.TryParse(part, out _))
        && kind is "arrived" or "left"
        && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? new CheckIn(number, scanned, code, part.Length == 0 ? null : Guid.Parse(part), kind == "arrived" ? CheckInKind.Arrived : CheckInKind.Left, time)
            : null;
}
