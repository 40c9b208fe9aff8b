namespace Association.Office.People.Sessions;

/// <summary>A browser in which a person is signed in.</summary>
internal sealed class Session
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid PersonId { get; init; }

    /// <summary>Firefox, Chrome, Edge, Safari; empty when it is none of them.</summary>
    public required string Browser { get; init; }

    /// <summary>Windows, macOS, Linux, Android, iPhone, iPad; empty when it is none of them.</summary>
    public required string System { get; init; }

    public required DateTimeOffset FirstSeenAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether the person showed more than a password.</summary>
    public bool TwoFactors { get; init; }

    /// <summary>The two words that a person recognises in the long text a browser sends; the text itself is not kept.</summary>
    public static (string Browser, string System) DeviceOf(string? userAgent)
    {
        var text = userAgent ?? "";
        return (
            First(
                ("Edg/", "Edge"),
                ("OPR/", "Opera"),
                ("Firefox/", "Firefox"),
                ("FxiOS/", "Firefox"),
                ("CriOS/", "Chrome"),
                ("Chrome/", "Chrome"),
                ("Safari/", "Safari")
            ),
            First(
                ("iPhone", "iPhone"),
                ("iPad", "iPad"),
                ("Android", "Android"),
                ("Windows", "Windows"),
                ("Mac OS X", "macOS"),
                ("CrOS", "ChromeOS"),
                ("Linux", "Linux")
            )
        );

        // Most say that they are several browsers: the first of the list that fits is the real one.
        string First(params (string Mark, string Name)[] known) => known.FirstOrDefault(k => text.Contains(k.Mark, StringComparison.Ordinal)).Name ?? "";
    }
}
