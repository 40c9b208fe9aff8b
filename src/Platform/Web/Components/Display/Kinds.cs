namespace Association.Platform.Web.Components;

/// <summary>Shapes and colours of a state.</summary>
public enum StateKind
{
    /// <summary>Ring: not begun.</summary>
    Draft,

    /// <summary>Half: in progress.</summary>
    Open,

    /// <summary>Full: done.</summary>
    Ok,

    /// <summary>Triangle: attention.</summary>
    Warn,

    /// <summary>Diamond: wrong.</summary>
    Bad,

    /// <summary>Dash: ended.</summary>
    Ended,
}

/// <summary>Meanings of a badge.</summary>
public enum BadgeKind
{
    /// <summary>Without meaning.</summary>
    Neutral,

    /// <summary>You can act.</summary>
    Accent,

    /// <summary>Good.</summary>
    Ok,

    /// <summary>To be looked at.</summary>
    Warn,

    /// <summary>Wrong or overdue.</summary>
    Bad,

    /// <summary>Good to know.</summary>
    Info,
}

/// <summary>Meanings of a callout.</summary>
public enum CalloutKind
{
    /// <summary>The next step of a record; once a page.</summary>
    Next,

    /// <summary>Good to know.</summary>
    Info,

    /// <summary>Done.</summary>
    Ok,

    /// <summary>Attention, soon.</summary>
    Warn,

    /// <summary>Wrong.</summary>
    Bad,
}

/// <summary>Where a step of a path stands.</summary>
public enum StepState
{
    /// <summary>Behind us.</summary>
    Done,

    /// <summary>Here we are.</summary>
    Current,

    /// <summary>Ahead.</summary>
    Ahead,
}
