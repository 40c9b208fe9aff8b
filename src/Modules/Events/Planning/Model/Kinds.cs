namespace Association.Events.Planning.Model;

/// <summary>What sort of event it is; the public calendar is filtered by it.</summary>
internal enum EventKind
{
    /// <summary>Gesundheitsforum: open to everybody.</summary>
    HealthForum,

    /// <summary>Fachgespräch, with politics or between members.</summary>
    ExpertTalk,

    /// <summary>Kongress.</summary>
    Congress,

    /// <summary>Seminar.</summary>
    Seminar,

    /// <summary>Fortbildung.</summary>
    Training,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>How far an event is. That it is over, the clock says.</summary>
internal enum EventStage
{
    /// <summary>Nobody but the office sees it.</summary>
    Draft,

    /// <summary>It has its public address, which does not change any more.</summary>
    Published,

    /// <summary>It does not take place; its page and its calendar entry say so.</summary>
    Cancelled,
}

/// <summary>For whom an event is.</summary>
internal enum Visibility
{
    /// <summary>Everybody.</summary>
    Everybody,

    /// <summary>Everybody sees it, members take part.</summary>
    Members,

    /// <summary>Only who was invited knows of it.</summary>
    Invited,
}

/// <summary>Who may take a ticket.</summary>
internal enum TicketFor
{
    /// <summary>Everybody.</summary>
    Everybody,

    /// <summary>Members, and who works at one.</summary>
    Members,

    /// <summary>Members of some categories.</summary>
    Categories,
}

/// <summary>What a part of the programme is.</summary>
internal enum SessionKind
{
    /// <summary>With a title, and mostly with people.</summary>
    Session,

    /// <summary>Coffee, lunch, the way to another room.</summary>
    Break,
}
