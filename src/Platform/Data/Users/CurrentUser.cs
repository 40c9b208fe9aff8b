using Association.Platform.Data.Kernel;

namespace Association.Platform.Data.Users;

/// <summary>A signed-in person.</summary>
public readonly record struct UserId(Guid Value) : IEntityId<UserId>
{
    /// <inheritdoc/>
    public static UserId From(Guid value) => new(value);
}

/// <summary>Who acts: a person, the system itself (migrations, jobs), or nobody.</summary>
/// <param name="Id">Null for the system and for nobody.</param>
/// <param name="Name">As shown in the history.</param>
/// <param name="Permissions">Names such as <c>membership.members.edit</c>.</param>
public sealed record Actor(UserId? Id, string Name, IReadOnlySet<string> Permissions)
{
    /// <summary>Not signed in: may do nothing.</summary>
    public static readonly Actor Anonymous = new(null, "", new HashSet<string>());

    /// <summary>The product itself, in the background. It is never the actor of a request.</summary>
    public static readonly Actor System = new(null, "System", new HashSet<string>()) { IsSystem = true };

    /// <summary>Whether this is the product itself, which is not asked for permissions.</summary>
    public bool IsSystem { get; private init; }

    /// <summary>The member of the board for whom this person approves today; null for nobody.</summary>
    public string? DeputyFor { get; init; }

    /// <summary>The name under an approval: „Jonas Thull“, or „Jonas Thull i. V. Dr. Nora Groß“ while approving as a deputy.</summary>
    public string Signature => DeputyFor is { } board ? $"{Name} i.\u00a0V. {board}" : Name;

    /// <summary>Whether this actor may do what carries the permission.</summary>
    public bool May(string permission) => IsSystem || Permissions.Contains(permission);
}

/// <summary>Holds the actor of the present scope: a web request, a command-line verb, a message being handled.</summary>
/// <remarks>Scoped. Nobody until somebody says otherwise, so that forgetting to set it refuses everything.</remarks>
public sealed class CurrentUser
{
    /// <summary>The actor.</summary>
    public Actor Actor { get; set; } = Actor.Anonymous;

    /// <summary>The person.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public UserId Id => Actor.Id ?? throw new InvalidOperationException("Nobody is signed in.");
}
