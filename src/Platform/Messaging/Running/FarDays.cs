using Association.Platform.Data.Kernel;

namespace Association.Platform.Messaging.Running;

/// <summary>
/// Finds days in a command that nobody can mean, such as 28.11.0026. Forms and verbs read days narrower; what comes by another way is refused here.
/// </summary>
internal static class FarDays
{
    /// <summary>The properties with such a day.</summary>
    public static IReadOnlyList<(string Name, DateOnly Day)> In(object message, DayRange range) =>
        [.. CommandValues.Of(message).Where(v => v.Value is DateOnly day && !range.Contains(day)).Select(v => (v.Name, (DateOnly)v.Value))];
}
