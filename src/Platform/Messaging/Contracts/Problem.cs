namespace Association.Platform.Messaging;

/// <summary>What is wrong with an input, where, and what to do, in words for the person who typed it.</summary>
/// <param name="Field">The command's property; empty when the whole is meant.</param>
/// <param name="Text">A sentence in the person's language.</param>
public sealed record Problem(string Field, string Text);

/// <summary>A command was refused by its <c>Validate</c>; nothing was written. Pages show the problems at their fields.</summary>
public sealed class ProblemsException(IReadOnlyList<Problem> problems) : Exception(string.Join(" ", problems.Select(p => p.Text)))
{
    /// <summary>One problem of the whole.</summary>
    public ProblemsException(string text)
        : this([new Problem("", text)]) { }

    /// <summary>At least one.</summary>
    public IReadOnlyList<Problem> Problems { get; } = problems;
}

/// <summary>The actor lacks the permission that the command or query declares.</summary>
public sealed class PermissionDeniedException(string message, string permission) : Exception($"'{message}' needs the permission '{permission}'.")
{
    /// <summary>What was missing.</summary>
    public string Permission { get; } = permission;
}

/// <summary>Somebody else changed the record since it was read; nothing was written.</summary>
public sealed class ConcurrentEditException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Which row, when its history can say who was faster: <c>schema.table</c>, and its key in text.</summary>
    public (string Table, string Id)? Row { get; init; }
}

/// <summary>The form's token was used before: the first submission counted, this one did nothing.</summary>
public sealed class AlreadySubmittedException() : Exception("This form was already submitted; the first submission counted.");
