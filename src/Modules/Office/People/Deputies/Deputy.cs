namespace Association.Office.People.Deputies;

/// <summary>Somebody of the office who approves for somebody of the board, from a day to a day. It ends by itself.</summary>
internal sealed class Deputy
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid BoardId { get; init; }

    public required Guid DeputyId { get; init; }

    public required DateOnly FromDay { get; init; }

    public required DateOnly UntilDay { get; init; }

    /// <summary>Who entered it, by name.</summary>
    public required string NamedBy { get; init; }

    /// <summary>Who; what somebody else than the board member entered holds from the next day on.</summary>
    public Guid? NamedById { get; init; }

    public required DateTimeOffset NamedAt { get; init; }

    /// <summary>When it was ended before its time.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}
