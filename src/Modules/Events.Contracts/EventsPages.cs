using Association.Platform.Web.Components;

namespace Association.Events.Contracts;

/// <summary>Addresses of the pages about events.</summary>
public static class EventsPages
{
    /// <summary>The office's list of events.</summary>
    public const string Events = ShellPages.Today + "/events";

    /// <summary>What anybody may see.</summary>
    public const string Calendar = "/veranstaltungen";
}
